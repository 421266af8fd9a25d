"""Run the command line of Briefing."""

import os
import sys

FOLDER = os.path.dirname(os.path.realpath(__file__))
# Nothing but this one package is imported from this folder: content may add a file that is named like another module.
others = [path for path in sys.path if path != FOLDER]
sys.path[:] = [FOLDER]
__import__("briefing")
sys.path[:] = others

if __name__ == "__main__":
    environment = os.path.join(FOLDER, ".venv")
    installed = os.path.join(environment, "bin", "python")
    try:
        from briefing.__main__ import run

        sys.exit(run())
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "briefing" or sys.prefix == environment:
            raise
        if os.path.exists(installed):
            os.execv(installed, [installed, *sys.argv])
        print(f"{missing.name} is not installed; run make once, which installs everything in .venv", file=sys.stderr)
        sys.exit(2)
