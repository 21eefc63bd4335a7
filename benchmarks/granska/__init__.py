"""How well published reports are read and reviewed: against the reference truth and against made-up reports."""
