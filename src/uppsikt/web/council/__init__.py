"""The municipality as a whole: all committees together, the result budget and the balance requirement."""
