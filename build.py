"""The command; all it does stands in the package `briefing`."""

import sys

if __name__ == "__main__":
    try:
        from briefing.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # while it was still loading
        sys.exit(130)
