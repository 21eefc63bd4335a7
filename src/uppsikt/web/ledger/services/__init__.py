"""Everything that writes the ledger. Each function is one thing that a person does, or the program for one.

receiving    a file is taken in
looking      it is opened: which columns or dimensions it has
staging      it is read and compared: the dry run
codes        what it names for the first time is registered
loading      it is loaded whole or not at all; old loads are brought back, one is undone or thrown away
naming       the one transaction in which files come to count
periods      months are closed and opened
queue        the work behind the pages: who does what that waits
"""

from uppsikt.web.ledger.services.authority import may_load, require_ledger
from uppsikt.web.ledger.services.loading import load_entries

__all__ = ["load_entries", "may_load", "require_ledger"]
