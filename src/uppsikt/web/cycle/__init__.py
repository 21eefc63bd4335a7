"""The yearly cycle: reporting dates, decisions, and the documents that figures were printed in."""
