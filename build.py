"""Run the command line of Briefing."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    installed = Path(__file__).parent / ".venv/bin/python"
    try:
        from briefing.cli.main import main

        sys.exit(main())
    except KeyboardInterrupt:  # while modules were loading
        sys.exit(130)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "briefing" or sys.prefix == str(installed.parent.parent):
            raise
        if installed.exists():
            os.execv(installed, [str(installed), *sys.argv])
        print(f"{missing.name} is not installed; run make once, which installs everything in .venv", file=sys.stderr)
        sys.exit(2)
