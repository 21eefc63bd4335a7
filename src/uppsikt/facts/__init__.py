"""The store of ledger entries: partitioned Parquet under a manifest, read in process; roll-ups as Tables."""
