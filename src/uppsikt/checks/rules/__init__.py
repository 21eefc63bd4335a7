"""The rule book: every module here is found by itself; see ``uppsikt.checks.registry``."""
