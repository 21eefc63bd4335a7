"""A municipality to look at: real figures 2017-2024, texts that say that they are examples."""
