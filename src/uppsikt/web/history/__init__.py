"""Who changed what, when, what stood before, and why. Everything is written through here."""
