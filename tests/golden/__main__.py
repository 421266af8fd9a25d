"""Write the expected pages again: python -m tests.golden."""

from tests.golden import rewrite

if __name__ == "__main__":
    rewrite()
