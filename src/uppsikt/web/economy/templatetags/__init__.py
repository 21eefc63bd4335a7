"""Tags of the economy."""
