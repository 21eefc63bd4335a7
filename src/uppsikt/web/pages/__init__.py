"""The frame around every page: context bar, search, look, errors, language."""
