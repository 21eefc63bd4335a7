"""SIE 1-4 and 4i: what accounting systems export. Reads everything, names every fault with its line, and never guesses.

    kinds       whether a file is a SIE file, and what it is where it is none
    letters     which code page a file is really written in
    lines       a line cut into label, fields and object lists
    file        what a file holds: company, years, accounts, dimensions, balances, vouchers
    reading     from bytes to a SieFile with its faults
    vouchers    the rows of its vouchers, each counted once
    values      amounts and dates, as the format has them and as programs write them against it
    entries     a SieFile as entries of the ledger, dimensions mapped to code parts
    parts       which rows of period balances can be added without counting anything twice
    checking    what must agree within a file: vouchers, balances, the check sum

Source of the format: SIE filformat, utgåva 4B and 4C (sie.se), whose paragraphs (§) the code names.
"""

from uppsikt.exchange.sie.entries import SieEntries, entries_of, suggested_mapping
from uppsikt.exchange.sie.file import TOLD_ONLY, Balance, Entry, Fault, SieFile, Voucher, Year
from uppsikt.exchange.sie.kinds import is_sie
from uppsikt.exchange.sie.reading import read_sie

__all__ = [
    "TOLD_ONLY",
    "Balance",
    "Entry",
    "Fault",
    "SieEntries",
    "SieFile",
    "Voucher",
    "Year",
    "entries_of",
    "is_sie",
    "read_sie",
    "suggested_mapping",
]
