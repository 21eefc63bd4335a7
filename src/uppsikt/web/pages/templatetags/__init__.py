"""The template kit."""
