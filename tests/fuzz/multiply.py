"""One mistake, or one thing that is allowed, a thousand times in one file: what it costs, and how much is made of it.

Nothing is typed here: the mistakes are those of `tests/mistakes.py`, the fields those of the schemas.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.incremental.memo import Memo
from briefing.parse.schemas import schema
from briefing.pipeline.report import excerpts
from briefing.problems import as_json, as_text
from tests.mistakes import FRONT, GOOD, MARK, ROWS, Row, article
from tests.payloads import Book, Place, resolve
from tests.sites import NOW, Site

LONG = 100_000
"""Characters of a multiplied file that may take a second of the processor."""
FILLED = 10
"""How many times its own size a file may add to the output."""
EACH = 12_000
"""Bytes of output that a page, a record, a link or an entry of a list may cost in addition, on all pages together."""
_WORD = re.compile(r"[^\W_]+")
_SOUND = "Sound.\n\n"
Files = dict[str, str]


@dataclass(frozen=True)
class Many:
    """Something that can be multiplied: `make` returns the files in which it is `times` times."""

    name: str
    make: Callable[[int], Files]
    unit: int
    """Characters of one of them."""


def multiplications() -> Iterator[Many]:
    """Yield everything: each mistake of a text, of a field and of a record; each kind with all of it wrong, and right."""
    for row in ROWS:
        if row.path.endswith((".md", ".yaml")) and not (row.link or row.gone or row.old or row.quick):
            yield from _rows(row)
    for kind, lines in _records().items():
        for wrong in ("", "[a]", "{a: b}", "Nonsense_ 9999-99-99", "&a x", "x" * 400):
            yield Many(f"{kind}: {wrong[:12] or 'right'}", _record(kind, lines, wrong), sum(map(len, map(str, lines))))


def _rows(row: Row) -> Iterator[Many]:
    """Yield the ways to multiply one mistake: the same again, and each time with another name."""
    text = row.typed
    before, found, typed = text.partition(_SOUND)
    if found:
        apart = [("in lines", "\n\n")] if "\n" in typed.strip() else [("in lines", "\n\n"), ("in a sentence", " ")]
        for name, between in apart:
            for unique in (False, True):
                make = _repeat(row.path, before, typed.strip(), between, "", unique)
                yield Many(f"{row.name} {name}{' all different' if unique else ''}", make, len(typed))
    elif text.startswith("---\n" + FRONT.format(name=row.name)):
        line = text[len("---\n" + FRONT.format(name=row.name)) :].partition("\n---\n")[0]
        start = article(FRONT.format(name=row.name)).partition("---\nThe")[0]
        for unique in (False, True):
            make = _repeat(row.path, start, line, "\n", "\n---\nThe text.\n", unique)
            yield Many(f"{row.name} in front matter{' all different' if unique else ''}", make, len(line))
    elif text.startswith("- "):
        yield Many(f"{row.name} in a list", _repeat(row.path, "", text.rstrip(), "\n", "\n", True), len(text))


def _repeat(path: str, before: str, typed: str, between: str, after: str, unique: bool) -> Callable[[int], Files]:
    """Return what repeats a text; with `unique`, the word behind its mark gets a number, or else its id."""

    def number(n: int) -> str:
        head, mark, tail = typed.partition(MARK)
        if not unique:
            return head + tail
        if "id: " in head or not mark:
            return re.sub(r"id: ([\w-]+)", rf"id: \1-{n}", head + tail, count=1)
        return head + _WORD.sub(lambda word: f"{word[0]}{n}", tail, count=1)

    def make(times: int) -> Files:
        pieces = [number(n) + ("\n" if between == " " and n % 40 == 39 else "") for n in range(times)]
        return {path: before.replace(MARK, "") + between.join(pieces) + after}

    return make


def _records() -> dict[str, list[str | Place]]:
    """Return a record of each kind in which every field is filled, as the pieces of its text."""
    book = Book()
    lists = {path: text for path, text in book.files.items() if "-two" not in path and path.endswith(".yaml")}
    return {path: text for path, text in lists.items() if not path.startswith(("content/briefs/", "content/site"))}


def _record(path: str, pieces: list[str | Place], wrong: str) -> Callable[[int], Files]:
    """Return what repeats a record with something wrong in every field."""

    def make(times: int) -> Files:
        records = []
        for n in range(times):
            text = "".join(piece if isinstance(piece, str) else (wrong or piece.harmless) + "\n" for piece in pieces)
            text = re.sub(r"^id: \S+", f"id: many-{n}", text)
            records.append("- " + text.rstrip("\n").replace("\n", "\n  ") + "\n")
        return {path.replace(".yaml", "-many.yaml"): "".join(records)}

    return make


@dataclass(frozen=True)
class Cost:
    """What a build of some files cost: seconds of the processor, and bytes of its messages and of its output."""

    seconds: float
    messages: int
    output: int
    pages: int


def cost(files: Files, root: Path) -> Cost:
    """Build a site with these files and without search, and format what was found in it."""
    site = Site(root, GOOD, default="")
    for path, text in files.items():
        site.write(path, text.encode("utf-8", "surrogatepass"))
    start = time.process_time()
    report = site.build(Memo(), now=NOW)
    said = as_text(report.problems, excerpts(report.snapshot)) + as_json(report.problems)
    seconds = time.process_time() - start
    output = site.output() if report.written else {}
    return Cost(seconds, len(said), sum(map(len, output.values())), len(output))


def seek_many(seconds: float) -> int:
    """Multiply one thing after another, in a random order; say which breaks a law, and return how many do."""
    with tempfile.TemporaryDirectory() as folder:
        bases = [cost({}, Path(folder) / str(n)) for n in range(3)]
    base = bases[-1]
    end, tried, found = time.monotonic() + seconds, 0, 0
    every = list(multiplications())
    random.shuffle(every)
    for many in every:
        if time.monotonic() > end:
            break
        files = many.make(max(1, LONG // max(1, many.unit)))
        size, times = sum(map(len, files.values())), max(1, LONG // max(1, many.unit))
        with tempfile.TemporaryDirectory() as folder:
            spent = cost(files, Path(folder))
        tried += 1
        broken = [
            f"{spent.seconds - base.seconds:.2f} s"
            for allowed in [max(1.0, size / LONG) + 0.005 * max(0, spent.pages - base.pages)]
            if spent.seconds - base.seconds > allowed
        ]
        broken += [f"{spent.messages:,} bytes of messages"] * (spent.messages > FILLED * size + 500_000)
        more = spent.output - base.output if spent.output else 0
        broken += [f"{more:,} bytes of output"] * (more > FILLED * size + EACH * times)
        if broken:
            print(f"{many.name} ({times:,} times, {size:,} characters): {', '.join(broken)}", flush=True)
            found += 1
    print(f"many: {tried:,} of {len(every):,} multiplications", flush=True)
    return found


def everything_wrong(times: int) -> Files:
    """Return a site in which each file of each kind has each mistake that does not stop its reading, some times."""
    files: dict[str, list[str]] = defaultdict(list)
    for n in range(times):
        for row in ROWS:
            _, sound, typed = row.typed.partition(_SOUND)
            if sound and not (row.quick or row.more or row.code in _FATAL):
                files["content/briefs/wrong.md"].append(typed.replace(MARK, "") + "\n")
        for path, pieces in _records().items():
            for wrong in ("[a]", f"nonsense_{n}", "9999-99-99"):
                for name, text in _record(path, pieces, wrong)(1).items():
                    files[name].append(text.replace("many-0", f"many-{n}"))
    front = "".join(f"wrong-{n}: x\n" for n in range(10 * times))
    found = {path: "".join(parts) for path, parts in files.items()}
    found["content/briefs/wrong.md"] = article(FRONT.format(name="Wrong") + front, found["content/briefs/wrong.md"])
    found["content/addresses.lock"] = "".join(f"/briefs/gone-{n}/ aaa - a-{n}\nx{n}\n" for n in range(10 * times))
    return found


_FATAL = {"control-character", "not-utf8", "unclosed-fence", "bracket-flood", "too-deep", "long-paragraph"}


def calls(run: Callable[[], object]) -> int:
    """Return how many functions are called, those of C included."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def longest(place: Place) -> int:
    """Return how many characters a place of words may have, by its schema; 0 if it holds something else."""
    kind, *steps = place.name.split("/")
    shape: Any = schema(kind) if place.shape in ("words", "prose") and kind != "prose" else {}
    for step in steps:
        shape = resolve(shape)
        while shape and step not in shape.get("properties", {}):
            inner = [option for option in (shape.get("items", {}), *shape.get("anyOf", ())) if option]
            shape = next((found for one in inner if step in (found := _inside(one)).get("properties", {})), {})
        shape = shape.get("properties", {}).get(step, {})
    shape = resolve(shape)
    shape = resolve(shape.get("items", shape)) if shape.get("type") == "array" else shape
    return int(shape.get("maxLength", 0))


def _inside(shape: Any) -> Any:
    shape = resolve(shape)
    return _inside(shape["items"]) if shape.get("type") == "array" else shape
