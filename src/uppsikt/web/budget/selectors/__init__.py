"""Everything that reads about budgets."""

from uppsikt.web.budget.selectors.grids import Grid, Kind, Typed, grid_of, held, identity, months_of, shown
from uppsikt.web.budget.selectors.pages import VersionPage, version_page
from uppsikt.web.budget.selectors.versions import (
    Frame,
    Listed,
    Tree,
    committee_above,
    committee_of,
    first_day,
    frame_of,
    given_of,
    holders,
    kr,
    lines_of,
    tree_of,
    version_of,
    versions_of,
)

__all__ = [
    "Frame", "Grid", "Kind", "Listed", "Tree", "Typed", "VersionPage", "committee_above", "committee_of",
    "first_day", "frame_of", "given_of", "grid_of", "held", "holders", "identity", "kr", "lines_of",
    "months_of", "shown", "tree_of",
    "version_of", "version_page", "versions_of",
]  # fmt: skip
