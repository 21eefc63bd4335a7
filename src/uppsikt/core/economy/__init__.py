"""Economy: net, deviation, of-which, sums along a tree of units, and frames made of decisions."""

from uppsikt.core.economy.frames import FrameEntry, FrameKind, Imbalance, frame_of, transfers_balance
from uppsikt.core.economy.signs import deviation, net, of_which_agrees, of_which_difference
from uppsikt.core.economy.tree import Total, roll_up

__all__ = [
    "FrameEntry", "FrameKind", "Imbalance", "Total",
    "deviation", "frame_of", "net", "of_which_agrees", "of_which_difference", "roll_up", "transfers_balance",
]  # fmt: skip
