"""Opens the package that a Word document is: a ZIP of XML parts. Everything in it may be hostile.

Sizes are counted while unpacking, because the sizes that a ZIP declares can lie. XML with a document type
is refused (entities are how XML bombs and references to other files come in), and nothing is fetched.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from uppsikt.documents.model import DocumentError, Limits

_CHUNK = 1 << 20
_PARTS = 10_000  # a Word document has some tens of parts, one picture each
_OTHER_KINDS = {
    "xl/workbook.xml": "ett Excel-ark",
    "ppt/presentation.xml": "en PowerPoint-presentation",
    "content.xml": "en OpenDocument-fil",
}
Element = etree._Element  # noqa: SLF001  # lxml gives its type no public name


class Package:
    """The parts of a Word document, read one at a time."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name, self.left = name, limits.unpacked
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
            self.parts = {info.filename: info for info in self.zip.infolist()}
        except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError) as error:
            raise self.broken() from error
        if len(self.parts) > _PARTS:
            raise DocumentError(f"{name} innehåller orimligt många delar och läses inte.")
        if any(info.flag_bits & 1 for info in self.parts.values()):
            raise DocumentError(f"{name} är krypterad. Spara en kopia utan lösenord.")
        if "word/document.xml" not in self.parts:
            kind = next((words for part, words in _OTHER_KINDS.items() if part in self.parts), "inget Word-dokument")
            raise DocumentError(f"{name} är {kind}. Granskningen läser PDF, Word (.docx), HTML och text.")

    def broken(self) -> DocumentError:
        """Give the error of a file that cannot be unpacked."""
        return DocumentError(f"{self.name} är trasig och går inte att läsa. Öppna den i Word och spara den på nytt.")

    def xml(self, part: str) -> Element | None:
        """Give a part's root element, or None when the document has no such part."""
        info = self.parts.get(part)
        if info is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(self._unpack(info), parser)
        except etree.XMLSyntaxError as error:
            raise self.broken() from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(
                f"{self.name} innehåller en dokumenttypsdeklaration, som inte hör hemma i ett Word-dokument."
            )
        return root

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        chunks = []
        try:
            with self.zip.open(info) as stream:
                while chunk := stream.read(min(_CHUNK, self.left + 1)):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise DocumentError(f"{self.name} är orimligt stor när den packas upp och läses inte.")
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise self.broken() from error
        return b"".join(chunks)
