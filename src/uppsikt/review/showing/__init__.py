"""Shows a record: in a terminal, as JSON, as a page, as files, and as the PDF itself with its cells marked."""
