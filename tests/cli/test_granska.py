"""uppsikt granska at its door: exit codes, formats, files, what is set aside, and that it stands on nothing."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.review.test_making import check_shape
from uppsikt.cli import main as door

PAGE = (ROOT / "docs" / "anvandare" / "granska.md").read_text()
PROGRAM = str(Path(sys.executable).with_name("uppsikt"))


def in_the_page(language: str) -> list[str]:
    """Give the examples of the user's guide in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


STATEMENT = in_the_page("text")[0]
RIGHT = STATEMENT.replace("49 429", "47 229")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.txt"
    path.write_text(STATEMENT)
    return path


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "rätt.txt"
    path.write_text(RIGHT)
    return path


def run(*arguments: str | Path) -> int:
    return door.main(["granska", *map(str, arguments)])


def as_in_the_page(told: str) -> str:
    """Give the output without what differs from run to run: the seconds."""
    return re.sub(r"\d+,\d s", "0,2 s", told).strip()


def test_the_example_in_the_guide_is_what_the_program_says(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.environ["COLUMNS"] = "90"
    try:
        assert run(wrong) == door.FOUND
    finally:
        del os.environ["COLUMNS"]
    assert as_in_the_page(capsys.readouterr().out) == as_in_the_page(in_the_page("text")[1])


def test_every_option_stands_in_the_guide() -> None:
    told = subprocess.run([PROGRAM, "granska", "--help"], capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"^ +(--[a-z-]+)", told, re.MULTILINE))
    assert len(options) > 8
    assert [one for one in options if one not in PAGE] == []


def test_the_json_in_the_guide_has_the_published_shape() -> None:
    check_shape(json.loads(in_the_page("json")[0]))


def test_nothing_found_is_zero(right: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(right) == door.DONE
    assert "Ingenting hittades som inte stämmer." in capsys.readouterr().out


def test_what_cannot_be_read_is_two_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "saknas.pdf") == door.COULD_NOT
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "uppsikt: saknas.pdf går inte att öppna: filen finns inte.\n")


def test_of_several_files_the_readable_are_shown_and_the_code_is_two(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "trasig.pdf"
    broken.write_bytes(b"%PDF-1.7 och sedan ingenting")
    assert run(broken, wrong) == door.COULD_NOT
    told = capsys.readouterr()
    assert "rapport.txt" in told.out
    assert told.err.count("\n") == 1
    assert "trasig.pdf" in told.err


def test_json_is_an_object_for_one_file_and_a_list_for_several(
    wrong: Path, right: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(wrong, "--format", "json") == door.FOUND
    one = json.loads(capsys.readouterr().out)
    check_shape(one)
    assert [(f["code"], f["stated"], f["expected"], f["difference"]) for f in one["findings"] if not f["cause"]] == [
        ("SUM", "49429", "47229", "2200")
    ]
    run(wrong, right, "--format", "json")
    both = json.loads(capsys.readouterr().out)
    for record in both:
        check_shape(record)
    assert [record["document"]["name"] for record in both] == ["rapport.txt", "rätt.txt"]


@pytest.mark.parametrize("kind", ["json", "html", "xlsx", "docx", "txt"])
def test_a_file_is_written_in_the_format_of_its_name(
    kind: str, wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"granskning.{kind}"
    assert run(wrong, "--out", out) == door.FOUND
    begins = {"json": b'{"document"', "html": b"<!doctype html>", "xlsx": b"PK", "docx": b"PK", "txt": b"rapport.txt"}
    assert out.read_bytes().startswith(begins[kind])
    assert capsys.readouterr().out == ""


def test_a_degree_is_asked_for_in_swedish_or_english(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("säker", "certain"):
        assert run(wrong, "--min-confidence", word, "--format", "json") == door.FOUND
        assert all(one["confidence"] == "certain" for one in json.loads(capsys.readouterr().out)["findings"])


def test_a_finding_is_dismissed_with_a_reason_and_stays_away(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aside = tmp_path / "avfärdat.json"
    run(wrong, "--dismissals", aside)
    name = re.findall(r"\[([0-9a-f]{12})\]", capsys.readouterr().out)[0]
    assert not aside.exists()
    assert run(wrong, "--dismissals", aside, "--dismiss", name[:6], "--reason", "Rättas") == door.DONE
    assert "Ingenting hittades" in capsys.readouterr().out
    assert run(wrong, "--dismissals", aside) == door.DONE
    capsys.readouterr()
    assert run(wrong, "--dismissals", aside, "--all") == door.DONE
    assert "Avfärdad: Rättas" in capsys.readouterr().out


def test_a_dismissed_finding_comes_back_when_its_figure_changes(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aside = tmp_path / "avfärdat.json"
    run(wrong, "--format", "json")
    name = json.loads(capsys.readouterr().out)["findings"][0]["id"]
    run(wrong, "--dismissals", aside, "--dismiss", name, "--reason", "Rättas")
    wrong.write_text(STATEMENT.replace("49 429", "49 430"))
    assert run(wrong, "--dismissals", aside) == door.FOUND
    assert "Avfärdades tidigare" in capsys.readouterr().out


def test_documents_that_state_last_year_differently_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older, newer = in_the_page("text")[2:4]
    (tmp_path / "2018.txt").write_text(older)
    (tmp_path / "2019.txt").write_text(newer)
    assert run(tmp_path / "2018.txt", tmp_path / "2019.txt", "--format", "json") == door.FOUND
    first, second = json.loads(capsys.readouterr().out)
    assert first["findings"] == []
    one, other = second["findings"]
    assert (one["code"], one["row"], one["facts"]["document"]) == ("XTB", "Musikskola", "2018.txt")
    assert (other["row"], other["cause"]) == ("Summa", one["id"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "xlsx"], "Säg vilken fil som ska skrivas: --out granskning.xlsx"),
        (["--out", "granskning.pdf"], "Filnamnet granskning.pdf säger inte vilket format"),
        (["--out", "finns/inte/alls.html"], "finns inte, så alls.html kan inte skrivas dit"),
        (["--dismiss", "abc"], "Säg också varför"),
        (["--reason", "abc"], "--reason säger varför"),
        (["--annotate", "med.pdf"], "rapport.txt är ingen"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], told: str, wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(wrong, *arguments) == door.COULD_NOT
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.txt"]


def test_the_report_is_never_written_over(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--out", "--annotate", "--dismissals"):
        assert run(wrong, option, wrong, "--format", "text") == door.COULD_NOT
        assert "skrivs över" in capsys.readouterr().err
    assert wrong.read_text() == STATEMENT


@pytest.mark.parametrize("setting", [{}, {"NO_COLOR": "1"}])
def test_a_terminal_gets_colour_unless_it_says_no(setting: dict[str, str], wrong: Path) -> None:
    here, there = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | setting
    subprocess.run([PROGRAM, "granska", wrong], stdout=there, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(there)
    told = os.read(here, 100_000).decode()
    os.close(here)
    assert ("\x1b[" in told) == (not setting)


def test_who_has_seen_enough_may_leave(wrong: Path) -> None:
    shown = subprocess.Popen([PROGRAM, "granska", wrong], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert shown.stdout is not None
    assert shown.stderr is not None
    shown.stdout.close()
    assert shown.stderr.read() == b""
    shown.stderr.close()
    assert shown.wait() == door.FOUND


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_change_nothing(closed: str, wrong: Path) -> None:
    done = subprocess.run(["sh", "-c", f'"$0" granska "$1" {closed}', PROGRAM, wrong], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (door.FOUND, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_an_output_that_is_full_is_told_in_a_line(wrong: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, "granska", wrong], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == door.COULD_NOT
    assert done.stderr == "uppsikt: Det som hittades gick inte att skriva ut: disken är full.\n"


def test_a_file_may_be_written_into_a_pipe(wrong: Path) -> None:
    command = [PROGRAM, "granska", wrong, "--format", "json", "--out", "/dev/stdout"]
    told = subprocess.run(command, capture_output=True, check=False)
    assert json.loads(told.stdout)["document"]["name"] == wrong.name


def test_a_file_is_not_asked_for_two_things(wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "avfärdat.json"
    kept.write_text('{"format": 1, "dismissed": []}')
    before = kept.read_text()
    assert run(wrong, "--dismissals", kept, "--out", tmp_path / "." / "avfärdat.json") == door.COULD_NOT
    assert "angiven för två saker" in capsys.readouterr().err
    assert kept.read_text() == before


def test_it_needs_no_database_settings_or_home_and_writes_nothing_where_it_stands(wrong: Path, tmp_path: Path) -> None:
    bare = tmp_path / "mapp"
    bare.mkdir()
    bare.chmod(0o555)
    program = (
        "import sys; from uppsikt.cli.main import main\n"
        "code = main(['granska', sys.argv[1]])\n"
        "print(code, sorted({'django', 'uppsikt.web'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, wrong], cwd=bare, env={"PATH": os.environ["PATH"]}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert told.stderr == ""
    assert told.stdout.splitlines()[-1] == "1 []"
    assert list(bare.iterdir()) == []


def test_a_short_report_is_reviewed_before_anybody_has_to_wait(wrong: Path) -> None:
    subprocess.run([PROGRAM, "granska", wrong], capture_output=True, check=False)
    begun = time.monotonic()
    subprocess.run([PROGRAM, "granska", wrong], capture_output=True, check=False)
    assert time.monotonic() - begun < 5  # 0.4 s on a machine that does nothing else
