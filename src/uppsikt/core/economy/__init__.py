"""Economy: net, deviation, of-which, sums along a tree of units, and frames made of decisions."""

from uppsikt.core.economy.frames import FrameEntry, FrameKind, Imbalance, frame_of, transfers_balance
from uppsikt.core.economy.ledger import CODE_PARTS, FIELDS, Entry, EntryFault, EntryKind, Known, Layout, Side, side_of
from uppsikt.core.economy.signs import deviation, net, of_which_agrees, of_which_difference
from uppsikt.core.economy.tree import Total, roll_up

__all__ = [
    "CODE_PARTS", "FIELDS", "Entry", "EntryFault", "EntryKind", "FrameEntry", "FrameKind", "Imbalance", "Known",
    "Layout", "Side", "Total",
    "deviation", "frame_of", "net", "of_which_agrees", "of_which_difference", "roll_up", "side_of", "transfers_balance",
]  # fmt: skip
