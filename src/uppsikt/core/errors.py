"""The exceptions of the whole house: mistakes in use. Mistakes in data are Findings.

    UppsiktError
    ├── MissingValueError      arithmetic met a value that is missing
    ├── UnitMismatchError      two quantities whose units cannot meet (kr and %)
    ├── TableError             a table that contradicts itself in form (unknown row, two rows with one key)
    ├── ReadingError           a text that is not what it should be, with the place in the text
    └── UseError               the user asked for something that cannot be done; the text says what to do

Texts are Swedish, because a controller reads them: what, where, why it matters, what to do.
"""


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
