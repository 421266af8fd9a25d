"""How many small faults in the modules that judge are seen by their tests: mutation testing, by a sample.

Each module gets some mutants, chosen by the seed: a comparison, a boolean, a number, a condition or a step that is other than
written. A mutant is tried in a copy of the repository, with the test files that are about its module only. What no test sees
is printed with its line. mutmut and cosmic-ray want one command for all modules, which takes minutes for each mutant.

Run as: python -m bench.mutate [--each 6] [--seed 1] [--jobs 2] [MODULE …]
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Queue

from bench.dialects import HERE

_NAMES = "tests/check/test_names.py tests/check/test_spellings.py"
_PARSE = "tests/parse tests/test_placed_mistakes.py tests/test_seeded_mistakes.py"
_WEAVE = "tests/weave tests/check/test_published.py tests/test_seeded_mistakes.py"
_SERVERS = "tests/linkcheck tests/evidence/test_keep.py"
_PREVIEW = "tests/preview/test_preview.py tests/preview/test_strangers.py tests/preview/test_desk.py"
TESTS = {
    "check/common_words.py": _NAMES,
    "text/letters.py": _NAMES,
    "check/name_finder.py": _NAMES,
    "check/name_list.py": _NAMES,
    "check/name_words.py": _NAMES,
    "check/names.py": f"{_NAMES} tests/test_hidden_names.py",
    "check/passages.py": _NAMES,
    "check/published.py": "tests/check/test_published.py",
    "check/lint.py": "tests/check/test_lint.py tests/text",
    "check/hosting.py": "tests/check/test_hosting.py",
    "check/page_markup.py": "tests/check/test_output.py",
    "check/template_tags.py": "tests/check/test_output.py",
    "evidence/apart.py": "tests/evidence/test_documents.py tests/evidence/test_keep.py",
    "linkcheck/body.py": _SERVERS,
    "linkcheck/connections.py": _SERVERS,
    "parse/schema.py": _PARSE,
    "parse/yaml_tree.py": _PARSE,
    "parse/markdown/postprocess.py": f"{_PARSE} tests/test_hostile.py",
    "parse/markdown/attributes.py": f"{_PARSE} tests/test_hostile.py",
    "read/metadata.py": "tests/read/test_pictures.py",
    "weave/catalogue.py": _WEAVE,
    "weave/checks.py": _WEAVE,
    "weave/resolve.py": _WEAVE,
    "write/folder.py": "tests/write/test_folder.py tests/test_hostile_files.py",
    "write/paths.py": "tests/write/test_folder.py tests/test_hostile_files.py",
    "disk.py": "tests/test_disk.py tests/test_hostile_files.py",
    "preview/handlers.py": _PREVIEW,
    "preview/server.py": _PREVIEW,
}
"""The test files that are about a module, by its path in `briefing/`."""
_PATIENCE = 300
"""Seconds after which a mutant counts as seen, because it hangs."""
_OTHER = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is", ast.And: "or", ast.Or: "and", ast.Add: "-", ast.Sub: "+",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A module with one small fault."""

    module: str
    line: int
    before: str
    after: str
    text: str


def mutants(module: str) -> Iterator[Mutant]:
    """Return every mutant of a module."""
    text = (HERE / "briefing" / module).read_text("utf-8")
    data, lines = text.encode(), text.encode().splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]

    def place(node: ast.expr | ast.stmt) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 1) - 1] + (
            node.end_col_offset or 0
        )

    def changed(start: int, end: int, new: str, line: int) -> Mutant:
        made = data[:start] + new.encode() + data[end:]
        return Mutant(module, line, data[start:end].decode(), new, made.decode())

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare | ast.BoolOp | ast.BinOp):
            parts = (
                [node.left, *node.comparators]
                if isinstance(node, ast.Compare)
                else node.values
                if isinstance(node, ast.BoolOp)
                else [node.left, node.right]
            )
            kinds = node.ops if isinstance(node, ast.Compare) else [node.op]
            for number, one in enumerate(parts[:-1]):
                other = _OTHER.get(type(kinds[min(number, len(kinds) - 1)]))
                start, end = place(one)[1], place(parts[number + 1])[0]
                between = data[start:end].decode()
                sign = between.strip("() \n")
                if other and sign:
                    yield changed(start, end, between.replace(sign, other), node.lineno)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield changed(place(node)[0], place(node.operand)[0], "", node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
            yield changed(
                *place(node), repr(not node.value if isinstance(node.value, bool) else node.value + 1), node.lineno
            )
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield changed(*place(node.test), "False" if isinstance(node, ast.While) else "True", node.test.lineno)
        elif isinstance(node, ast.Continue | ast.Break) or (
            isinstance(node, ast.Expr | ast.AugAssign)
            and not isinstance(getattr(node, "value", None), ast.Constant | ast.Yield | ast.YieldFrom)
        ):
            yield changed(*place(node), "pass", node.lineno)
        elif isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
            yield changed(*place(node.value), "None", node.lineno)


def sample(module: str, each: int, seed: int) -> list[Mutant]:
    """Return some mutants of a module that Python can read, the same for the same seed."""
    found = sorted(mutants(module), key=lambda one: (one.line, one.before, one.after))
    source = random.Random(f"{seed} {module}")
    source.shuffle(found)
    return list(islice((one for one in found if _compiles(one.text)), each))


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def is_seen(mutant: Mutant, copy: Path) -> bool:
    """Whether a test fails with a mutant, in a copy of the repository."""
    path = copy / "briefing" / mutant.module
    before = path.read_text("utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not slow"]
    try:
        done = subprocess.run(
            [*command, *TESTS[mutant.module].split()], cwd=copy, capture_output=True, timeout=_PATIENCE
        )
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(before, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what no test sees, and the score of each module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("modules", nargs="*")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(options.jobs):
            copy = Path(folder) / f"{number}"
            left_out = shutil.ignore_patterns(
                ".git", ".venv", ".cache", "output", "__pycache__", ".mypy_cache", ".hypothesis"
            )
            shutil.copytree(HERE, copy, ignore=left_out)
            (copy / ".venv").symlink_to(HERE / ".venv")
            copies.put(copy)

        def tried(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                seen = is_seen(mutant, copy)
            finally:
                copies.put(copy)
            if not seen:
                print(f"briefing/{mutant.module}:{mutant.line}: “{mutant.before}” as “{mutant.after}”", flush=True)
            return seen

        with ThreadPoolExecutor(options.jobs) as threads:
            for module in options.modules or TESTS:
                seen = list(threads.map(tried, sample(module, options.each, options.seed)))
                print(f"{module}: {sum(seen)} of {len(seen)} seen", flush=True)


if __name__ == "__main__":
    main()
