"""The command; all it does stands in the package `briefing`."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    own = Path(__file__).parent / ".venv/bin/python"
    try:
        from briefing.cli.main import main

        sys.exit(main())
    except KeyboardInterrupt:  # while it was still loading
        sys.exit(130)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "briefing" or sys.prefix == str(own.parent.parent):
            raise
        if own.exists():  # what this needs is there, only this Python does not know it
            os.execv(own, [str(own), *sys.argv])
        print(
            f"{missing.name} is not installed; type make once, which puts all that is needed into .venv",
            file=sys.stderr,
        )
        sys.exit(2)
