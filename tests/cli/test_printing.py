"""What is printed: no word of the content is a command to a terminal or to GitHub's runner."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from briefing.cli.arguments import REPOSITORY
from briefing.cli.printing import say
from tests.sites import MakeSite
from tests.test_problems import OBEYED, WORDS


@given(WORDS)
def test_no_line_is_obeyed(words: str) -> None:
    """Any words come out as as many lines as they have, none of which starts a command or contains one."""
    out = io.StringIO()
    say(words, out)
    assert None is OBEYED.search(out.getvalue())
    lines = out.getvalue().split("\n")[:-1]
    assert words.count("\n") + 1 == len(lines)
    assert [] == [line for line in lines if line.lstrip().startswith("::")]


SOURCES = sorted((REPOSITORY / "briefing").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_one_module_prints(path: Path) -> None:
    """Nothing writes to a terminal or a log but the module that makes all words safe."""
    # `__main__` says which Python it needs, before it can import any; `forks` writes into its own pipes.
    if path.name not in ("printing.py", "__main__.py", "forks.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        names = {ast.unparse(call.func) for call in calls}
        assert names.isdisjoint(
            {"print", "sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write", "os.write"}
        )


@pytest.mark.parametrize("arguments", [["theme", "list"], ["check", "--format=json"]])
def test_a_reader_may_end_before_the_output(site: MakeSite, arguments: list[str]) -> None:
    """A command whose output goes to `head` ends without a traceback, also if nothing reads any of it."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *arguments, "--site", str(site().root)]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (141, "") == (done.returncode, done.stderr)
