"""Investments: frames, decisions, projects, forecasts at completion."""
