"""Operating statements, frames, investments, staff and volumes, and the comments on them."""
