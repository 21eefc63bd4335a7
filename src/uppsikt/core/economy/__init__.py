"""Economy: net, deviation, of-which, sums along a tree of units, and frames made of decisions."""

from uppsikt.core.economy.frames import (
    INDEXATION_ROUNDING,
    FrameEntry,
    FrameKind,
    Imbalance,
    Indexation,
    counted,
    frame_of,
    imbalance_sentence,
    indexation,
    transfers_balance,
    transfers_by_year,
    whole_frame_of,
)
from uppsikt.core.economy.ledger import CODE_PARTS, FIELDS, Entry, EntryFault, EntryKind, Known, Layout, Side, side_of
from uppsikt.core.economy.signs import deviation, net, of_which_agrees, of_which_difference
from uppsikt.core.economy.tree import Total, roll_up

__all__ = [
    "CODE_PARTS", "FIELDS", "INDEXATION_ROUNDING", "Entry", "EntryFault", "EntryKind", "FrameEntry", "FrameKind",
    "Imbalance", "Indexation", "Known", "Layout", "Side", "Total",
    "counted", "deviation", "frame_of", "imbalance_sentence", "indexation", "net", "of_which_agrees",
    "of_which_difference", "roll_up", "side_of", "transfers_balance", "transfers_by_year", "whole_frame_of",
]  # fmt: skip
