"""Fuzzing: texts made at random, the laws that hold for every one of them, and what was found by breaking them."""
