"""Payroll table files, CSV or Excel: a row for each unit, month, sex and age group. All faults are told at once.

words      what headings and cells say, in the words of personnel systems
reading    the file, its heading row, its rows and every fault
"""

from uppsikt.exchange.payroll.reading import PayrollReading, read_payroll

__all__ = ["PayrollReading", "read_payroll"]
