"""Budgets: a frame spread to units, account groups and months; moves; scenarios."""
