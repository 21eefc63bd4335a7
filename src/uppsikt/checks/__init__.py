"""Checks: one rule per function, from Tables to Findings. No rule opens a file."""
