# De två kommandona är "make demo" och "make test"; "make" ensamt visar alla.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check bench requirements clean

BIN := .venv/bin
HOME_FOR_TESTS := $(CURDIR)/.make/test
PYTEST := UPPSIKT_HOME=$(HOME_FOR_TESTS) $(BIN)/python -m pytest

help:  ## Visar vad som går att göra
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo:  ## Startar demonstrationskommunen på den egna datorn (DEMO="--port 9000 --no-browser")
	@tools/environment requirements.txt
	@$(BIN)/uppsikt demo $(DEMO)

test:  ## Kör alla tester: med SQLite, i en riktig webbläsare och databastesterna en gång till med PostgreSQL
	@tools/environment requirements-dev.txt
	@tools/distribution-packages
	@if command -v java >/dev/null; then tools/environment requirements-spark.txt; fi
	$(PYTEST) -n 2 --dist worksteal
	$(PYTEST) -n 2 --dist worksteal --postgres

check:  ## Granskar koden: stil, typer, arkitektur, migreringar, dokumentation, beroenden
	@tools/environment requirements-dev.txt
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	UPPSIKT_HOME=$(HOME_FOR_TESTS) $(BIN)/mypy
	UPPSIKT_HOME=$(HOME_FOR_TESTS) $(BIN)/django-admin makemigrations --check --dry-run --settings uppsikt.web.config.settings
	$(BIN)/python tools/audit.py

bench:  ## Mäter det som BENCHMARKS.md redovisar (tar några minuter)
	@tools/environment requirements-dev.txt
	$(BIN)/python -m benchmarks

requirements:  ## Låser beroendena på nytt efter en ändring i pyproject.toml
	@tools/environment requirements-dev.txt
	@lock() { $(BIN)/uv pip compile pyproject.toml "$$@" --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate; }; \
	lock --upgrade -o requirements.txt && \
	lock --upgrade --group dev --extra postgres -c requirements.txt -o requirements-dev.txt && \
	lock --upgrade --extra spark -c requirements-dev.txt -o requirements-spark.txt

clean:  ## Tar bort miljön och testernas filer (inte din databas i var/)
	rm -rf .venv .make .pytest_cache .mypy_cache .ruff_cache .hypothesis
