"""Pages of follow-up: the statement, comments on its cells, forecasts and action plans."""
