"""Template tags of investments."""
