"""The web: the only floor that knows Django."""
