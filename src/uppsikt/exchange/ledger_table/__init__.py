"""Table files of entries: CSV in the shapes that Swedish systems write, and Excel.

headings   what the words over columns mean
letters    which encoding a file is in
contents   what cells look like: periods, days, amounts, codes
csv_file   a text file's first and last rows, cut into cells
columns    which column holds what, by heading, by contents, and by what was chosen before
values     several columns of amounts: one for each month, or for outcome and budget
judging    what is missing, and what looks unusual
looking    all of it put together: a Look with the Layout by which the store reads
text_file  the text file that the store reads
zeros      codes that a workbook keeps as numbers get their leading zeros back
keeping    a Look as JSON and back
telling    what is in the file, row by row: for inspection, not for loading
"""

from uppsikt.exchange.ledger_table.keeping import faults_from, look_from_json, look_to_json
from uppsikt.exchange.ledger_table.look import SWEDISH, ColumnLook, Line, Look
from uppsikt.exchange.ledger_table.looking import is_workbook, look_at
from uppsikt.exchange.ledger_table.telling import Told, told_of
from uppsikt.exchange.ledger_table.text_file import as_text_file
from uppsikt.exchange.ledger_table.zeros import Zeros, lengths_of

__all__ = [
    "SWEDISH", "ColumnLook", "Line", "Look", "Told", "Zeros", "as_text_file", "faults_from", "is_workbook",
    "lengths_of", "look_at", "look_from_json", "look_to_json", "told_of",
]  # fmt: skip
