"""The exceptions of the whole house: mistakes in use. Mistakes in data are Findings.

    UppsiktError
    ├── MissingValueError      arithmetic met a value that is missing
    ├── UnitMismatchError      two quantities whose units cannot meet (kr and %)
    ├── TableError             a table that contradicts itself in form (unknown row, two rows with one key)
    ├── ReadingError           a text that is not what it should be, with the place in the text
    └── UseError               the user asked for something that cannot be done; the text says what to do

Texts are Swedish, because a controller reads them: what, where, why it matters, what to do.
"""

import errno


class UppsiktError(Exception):
    """The root: everything that a door catches and shows as one Swedish line."""


class MissingValueError(UppsiktError):
    """A missing value was about to be counted as if it were a number."""


class UnitMismatchError(UppsiktError):
    """Two quantities met whose units cannot be converted into each other."""


class TableError(UppsiktError):
    """A table was built or addressed in a way that its own form forbids."""


class ReadingError(UppsiktError):
    """A text could not be read; ``position`` is the index of the first character not understood."""

    def __init__(self, message: str, *, text: str = "", position: int = 0) -> None:
        super().__init__(message)
        self.text = text
        self.position = position


class UseError(UppsiktError):
    """The user asked for something that cannot be done here and now."""


_REASONS = {
    errno.EACCES: "det är inte tillåtet för den som kör programmet",
    errno.EPERM: "det är inte tillåtet för den som kör programmet",
    errno.EROFS: "disken går bara att läsa",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.ENOENT: "mappen finns inte",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.EEXIST: "en del av sökvägen är ingen mapp",
    errno.EISDIR: "det är en mapp och ingen fil",
}


def reason_of(error: OSError) -> str:
    """Say in Swedish why a file or folder could not be used; in the system's own words where none are ours.

    >>> reason_of(IsADirectoryError(errno.EISDIR, "Is a directory"))
    'det är en mapp och ingen fil'
    """
    return _REASONS.get(error.errno or 0) or str(error.strerror or error)
