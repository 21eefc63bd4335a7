"""Uppsikt: the open system in which a Swedish municipality steers and follows up."""

__version__ = "0.1.0"
