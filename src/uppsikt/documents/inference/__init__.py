"""From the blocks that a reader found to core Tables and passages: what every figure means, and what was concluded.

    words       the domain's words, as data
    labels periods units     what a printed text says
    joining     passages, sections, and tables made whole over page breaks
    headers columns          heading rows; what a column tells, of which period
    lines rows measures totals   what a row is, under which row, which side of the account
    kinds       what kind of table it is
    readings    two readings of a table: the one that holds better
    subjects identity        what a row is about, so that a quantity told twice is found
    listings    lists of amounts in running text, read as tables too
    tables inferring         one table; the whole document

Nothing here knows a file format or a rule; how well a reading holds is asked of the caller.
"""

from uppsikt.documents.inference.inferring import infer
from uppsikt.documents.inference.readings import Holds

__all__ = ["Holds", "infer"]
