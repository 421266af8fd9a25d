"""What every test may ask for."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

# A shell that starts the tests in the background has Ctrl-C ignored, and so would every command that they press it for.
signal.signal(signal.SIGINT, signal.default_int_handler)
# What is compiled is kept for all processes of one run, outside the repository: most of the time of a small build would
# be compiling modules and templates again, for a thousand builds in processes of their own.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="compiled-")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    atexit.register(shutil.rmtree, os.environ["PYTHONPYCACHEPREFIX"], ignore_errors=True)
sys.pycache_prefix, sys.dont_write_bytecode = os.environ["PYTHONPYCACHEPREFIX"], False
settings.register_profile("patient", deadline=None)  # a law is not a matter of how busy the machine is
settings.load_profile("patient")
pytest.register_assert_rewrite("tests.sites", "tests.preview.session")

from tests.sites import MakeSite, Site  # noqa: E402


@pytest.fixture
def site(tmp_path: Path) -> MakeSite:
    """Make a site from one string with `-- path --` lines, on top of a small library; several where asked twice."""
    number = count()

    def make(text: str = "", **options: str) -> Site:
        return Site(tmp_path / f"site{next(number)}", text, **options)

    return make


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `-n auto` starts: one more than processors, since tests of the preview mostly wait."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of a file in one process if they share a fixture of that file, so that it is made once."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        file, used = item.nodeid.partition("::")[0], item._fixtureinfo.name2fixturedefs.values()
        if any(one.baseid == file and one.scope in ("module", "session") for defined in used for one in defined):
            item.add_marker(pytest.mark.xdist_group(file))
