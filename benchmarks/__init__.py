"""What BENCHMARKS.md quotes: ``make bench`` measures everything and writes the tables into it."""
