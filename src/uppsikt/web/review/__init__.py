"""Granska: documents that somebody has uploaded, the runs that read them, and what a person has set aside."""
