"""Everything that reads the ledger. Selectors are told who asks.

manifest      which files count, what is loaded
codes         responsibility codes along the organisation, names of codes
statements    the operating statement by unit and by activity
outcomes      what units, months and projects come to
links         the address of the entries behind a figure
"""

from uppsikt.web.ledger.selectors.codes import code_tree, internal_counterparts, names_of, unit_codes
from uppsikt.web.ledger.selectors.links import Asked, entries_link
from uppsikt.web.ledger.selectors.manifest import Loaded, ledger_of, loaded, manifest_of, store_of
from uppsikt.web.ledger.selectors.outcomes import last_day, monthly, outcome_by_project, outcome_by_unit
from uppsikt.web.ledger.selectors.statements import (
    BY_ACTIVITY,
    BY_UNIT,
    TOTAL_BESIDE,
    Statements,
    statement,
    statements,
)

__all__ = [
    "BY_ACTIVITY", "BY_UNIT", "TOTAL_BESIDE", "Asked", "Loaded", "Statements", "code_tree", "entries_link",
    "internal_counterparts", "last_day", "ledger_of", "loaded", "manifest_of", "monthly", "names_of",
    "outcome_by_project", "outcome_by_unit", "statement", "statements", "store_of", "unit_codes",
]  # fmt: skip
