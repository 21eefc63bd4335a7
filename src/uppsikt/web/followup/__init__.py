"""Follow-up: statement from the ledger, forecasts, comments on cells, action plans."""
