"""The ledger: codes, sources, loads of entries, closed periods, and what statements are made of."""
