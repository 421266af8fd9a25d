"""Measures this generator side by side with others on the same texts."""
