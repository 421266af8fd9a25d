"""The tests: laws of the engine, end to end first, with real files."""
