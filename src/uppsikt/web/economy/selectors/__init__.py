"""Everything that reads money and volumes. Selectors are told who asks and give Tables and small dataclasses.

stored, tables, statements    stored statements as core Tables, many in a fixed number of queries
figures                       the few figures that tell how a unit stands; whether two statements agree
sums                          from a total to its rows
sheets, rows, pages           what the pages show
frames, frame_state           how a frame came about; what it is as of a decision, and whether transfers mirror
frame_lines                   a decision about a frame through its years, and what registering it would do
investments                   projects through the years, staff and volumes
series                        a unit through the years
organisation                  what happened to the units between two dates
comments                      what units say
"""

from uppsikt.web.economy.selectors.comments import (
    INVESTMENT_TOPIC,
    STATEMENT_TOPIC,
    Said,
    comment_on,
    said_by,
    seen_of,
    topics,
)
from uppsikt.web.economy.selectors.figures import KeyFigures, agreements, key_figures, total_row
from uppsikt.web.economy.selectors.frame_lines import (
    Proposed,
    changes_of_lines,
    frame_entry,
    line_of,
    mirror_of,
    newest_change,
    preview,
)
from uppsikt.web.economy.selectors.frame_state import (
    FrameAsOf,
    broken_transfers,
    committees,
    frame_as_of,
    frame_words,
    frames_as_of,
    transfers_page,
)
from uppsikt.web.economy.selectors.frames import frame_page
from uppsikt.web.economy.selectors.investments import investment_page, project_page, staff_page
from uppsikt.web.economy.selectors.pages import BY_ACTIVITY, economy_page, elsewhere, unfolded
from uppsikt.web.economy.selectors.rows import row_page
from uppsikt.web.economy.selectors.series import unit_over_time
from uppsikt.web.economy.selectors.statements import Told, statement_table, statements_at, tables_at, told_at
from uppsikt.web.economy.selectors.sums import SumCheck, sum_checks

__all__ = [
    "BY_ACTIVITY", "INVESTMENT_TOPIC", "STATEMENT_TOPIC", "FrameAsOf", "KeyFigures", "Proposed", "Said", "SumCheck",
    "Told",
    "agreements", "broken_transfers", "changes_of_lines", "comment_on", "committees", "economy_page", "elsewhere",
    "frame_as_of", "frame_entry", "frame_page", "frame_words", "frames_as_of", "investment_page", "key_figures",
    "line_of", "mirror_of", "newest_change", "preview", "project_page", "row_page", "said_by", "seen_of", "staff_page",
    "statement_table", "statements_at", "sum_checks", "tables_at", "told_at", "topics", "total_row", "transfers_page",
    "unfolded", "unit_over_time",
]  # fmt: skip
