"""weave."""
