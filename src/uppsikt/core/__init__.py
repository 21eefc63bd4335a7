"""The core: quantities, periods, tables, targets, economy, references.

Standard library only; no Django, no files, no clock, no network. Everything above speaks in the
types that live here, and every rule of arithmetic stands here once.
"""
