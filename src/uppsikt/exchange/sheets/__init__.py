"""Tables that people open in Excel, change and load back, and workbooks that they bring along.

    sheet      a sheet to be written, and one that was read
    cells      what a cell of a workbook holds: exact, without the noise of binary fractions
    defusing   texts that look like formulas stay texts
    writing    a sheet as XLSX or CSV
    padding    codes that are numbers shown with leading zeros
    guarding   is it safe to open: members, sizes, far cells, before anything is unpacked into memory
    reading    a workbook as rows with their numbers

Nothing here knows what the columns mean.
"""

from uppsikt.exchange.sheets.cells import Cell, amount_of, text_of
from uppsikt.exchange.sheets.defusing import defused, without_defusing
from uppsikt.exchange.sheets.reading import open_workbook, read_xlsx
from uppsikt.exchange.sheets.sheet import ReadRow, ReadSheet, Sheet
from uppsikt.exchange.sheets.writing import write_csv, write_xlsx

__all__ = [
    "Cell",
    "ReadRow",
    "ReadSheet",
    "Sheet",
    "amount_of",
    "defused",
    "open_workbook",
    "read_xlsx",
    "text_of",
    "without_defusing",
    "write_csv",
    "write_xlsx",
]
