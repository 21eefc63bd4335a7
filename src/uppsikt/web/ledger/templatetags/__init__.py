"""What the ledger's templates write."""
