"""Write the expectations anew: python -m tests.golden."""

from tests.golden import rewrite

if __name__ == "__main__":
    rewrite()
