"""Reports as data: built from Tables and definitions, rendered as HTML, PDF, Word and Excel."""
