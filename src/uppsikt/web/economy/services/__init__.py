"""Everything that writes about money. Each function is one thing that a person does.

comments    what units say about their figures
frames      what the council or the board has decided about a frame, and a transfer with both its sides
"""

from uppsikt.web.economy.services.comments import Written, comment_save
from uppsikt.web.economy.services.frames import (
    FrameChange,
    FrameDecision,
    FrameIndexation,
    FrameTransfer,
    frame_entry_add,
    frame_entry_change,
    frame_entry_restore,
    frame_entry_withdraw,
    frame_index,
    frame_transfer,
    refuse_broken_transfers,
)

__all__ = [
    "FrameChange", "FrameDecision", "FrameIndexation", "FrameTransfer", "Written",
    "comment_save", "frame_entry_add", "frame_entry_change", "frame_entry_restore", "frame_entry_withdraw",
    "frame_index", "frame_transfer", "refuse_broken_transfers",
]  # fmt: skip
