"""Reading other people's reports: PDF, Word, HTML and text become one Document.

    model       what every reader gives: Content, its Blocks in reading order; then the Document
    opening     which reader a file needs, and the limits within which it is read
    text/ pdf/ docx/ html/   the readers: from bytes to Blocks; they know no rule and no role
    inference/  from grids to core Tables: header, roles, periods, units, signs, what a row is about

A reader never guesses what a figure means, and inference never looks at the file.
"""
