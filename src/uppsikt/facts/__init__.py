"""The store of ledger entries: partitioned Parquet under a manifest, read in process; roll-ups of what it holds.

A file is staged (read, checked, sorted and written where nobody sees it), kept (moved to its place), and counts from
the moment when somebody names its parts in a manifest. A Ledger reads what one manifest names and nothing else.
"""

from uppsikt.facts.comparing import Comparison, Difference
from uppsikt.facts.ledger import EntryPage, Ledger, Sum, Where
from uppsikt.facts.manifest import Manifest, Part
from uppsikt.facts.staged import Held, Staged
from uppsikt.facts.store import Store

__all__ = [
    "Comparison", "Difference", "EntryPage", "Held", "Ledger", "Manifest", "Part", "Staged", "Store", "Sum", "Where",
]  # fmt: skip
