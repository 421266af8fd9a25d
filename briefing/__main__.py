"""Start the command line: as `briefing`, as `python -m briefing`, or from build.py."""

import gc
import os
import sys


def run() -> int:
    """Run the command that was typed; return the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- build.py can be started with any Python
        print(f"Briefing needs Python 3.11 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        from briefing.cli.main import main

        status = main()
        sys.stdout.flush()
        gc.freeze()  # or Python looks for cycles in all values of a build once more when it ends
    except KeyboardInterrupt:  # while modules were loading
        return 130
    except BrokenPipeError:  # what read the output, such as head, has ended; Python would write the rest on exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):  # which no Python before 3.11 has
        del sys.path[0]  # the current folder: content may contain a file that is named like a module
    sys.exit(run())
