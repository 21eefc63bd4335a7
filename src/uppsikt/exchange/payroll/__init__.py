"""Payroll table files, CSV or Excel: a row for each unit, month, sex and age group. All faults are told at once."""

from uppsikt.exchange.payroll.reading import PayrollReading, read_payroll

__all__ = ["PayrollReading", "read_payroll"]
