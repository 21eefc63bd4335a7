"""Reads the tables of PDF files with one of the general extractors, in an environment of its own.

python extract_with.py <tool> file.pdf ...   prints one JSON line a file: seconds, and tables as lists of rows of texts

The extractors are measured beside this project and never a part of it: nothing here is imported by it.
"""

import json
import sys
import time


def camelot_as(flavor):
    import camelot

    def read(path):
        return [table.df.values.tolist() for table in camelot.read_pdf(path, pages="all", flavor=flavor)]

    return read


def pdfplumber_lines():
    import pdfplumber

    def read(path):
        with pdfplumber.open(path) as file:
            return [table for page in file.pages for table in page.extract_tables()]

    return read


def pymupdf_tables():
    import pymupdf

    def read(path):
        with pymupdf.open(path) as file:
            return [table.extract() for page in file for table in page.find_tables().tables]

    return read


def playa_tags():
    import playa

    def read(path):
        with playa.open(path) as file:
            structure = file.structure
            return [] if structure is None else [list(rows(table)) for table in structure.find_all("Table")]

    def rows(table):
        for row in table.find_all("TR"):
            yield [text(cell) for cell in row.find_all() if cell.role in ("TH", "TD")]

    def text(cell):
        return " ".join(item.text or "" for item in cell.contents if item is not None)

    return read


TOOLS = {
    "camelot hybrid": lambda: camelot_as("hybrid"),
    "camelot lattice": lambda: camelot_as("lattice"),
    "camelot network": lambda: camelot_as("network"),
    "camelot stream": lambda: camelot_as("stream"),
    "pdfplumber": pdfplumber_lines,
    "pymupdf find_tables": pymupdf_tables,
    "playa-pdf, taggar": playa_tags,
}


def main():
    read = TOOLS[sys.argv[1]]()
    for path in sys.argv[2:]:
        begun = time.perf_counter()
        try:
            tables = [[["" if cell is None else str(cell) for cell in row] for row in table] for table in read(path)]
            fault = ""
        except Exception as error:  # a stranger's program may fail in any way; that is a result too
            tables, fault = [], repr(error)[:200]
        took = time.perf_counter() - begun
        print(json.dumps({"file": path, "seconds": took, "tables": tables, "fault": fault}), flush=True)


if __name__ == "__main__":
    main()
