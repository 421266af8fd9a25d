"""Fuzzes one target for some seconds: python -m tests.fuzz TARGET SECONDS [FOLDER]; see `make fuzz`.

With atheris every target but `slow` and `many` is led by the branches that a text takes. `slow` repeats short texts and
looks for one that costs more than its length. `many` repeats mistakes and records (`multiply`).
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

SEEDS = Path(__file__).parent / "seeds"
LONG = 100_000
"""Characters of a text that may take a second of processor time."""
ALLOWED = 1 / LONG
"""Seconds of processor time for each character of a text."""
PIECES = (
    "a", "A. ", "é", "中", "1,000 ", "*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "[a]", "[a](b)", "![a](b)", "<", ">",
    "<a>", "&", "&amp;", "\\", "\\*", "!", "#", "##", "{", "}", "{#a}", "{: .a }", "|", "-", "---", "+", "1.", ":", ":   a", "~",
    "~~~", "```", "=", "===", "\n", "\n\n", " ", "    ", "\t", "[^a]", "[^a]: b", "[[a]]", "[[a|b]]", "[[=a]]", "[@a]",
    "[@a, p. 1]", "*[a]: b", "[a]: b", "https://a.b", "<https://a.b>", "a@b.c", '"', "'", "“a”", "| a | b |", "|---|---|", "> ",
    "- ", "1. ", "[a][b]", "];", "; ", "{n}", "\u202e", "a\u200cb", "م\u200c", "\u200f ", "x\ufe0f", "&shy;", "🏴\U000e0067",
)  # fmt: skip
"""What texts are made of, `{n}` a number that grows."""
WORDS = (
    "title: ", "summary: ", "as_of: 2026", "id: ", "- id: ", "changes: [{date: 2026-01-01, kind: minor, text: ", "sources: ",
    "sections:\n- heading: ", "  body: |\n", "issued: {date-parts: [[", "URL: https://", "aka: [", "draft: true", "---\n", "&a ",
    "*a ", "!!", "<<: ", "? ", "%YAML 1.1\n", "\"\\u0000\"", "javascript:", "data:", "&#x6a;", "&colon;", "{: onclick=", "minutes",
    "@minutes#roof", "hours.md#when", "//", "../", "<script>", "</script>", "{{ 7*7 }}", "{% raw %}", "\\:",
)  # fmt: skip
"""What a fuzzer would be long in finding by itself."""


def repeat(pieces: list[str], length: int) -> str:
    """Repeat some pieces up to a length; numbers in them grow."""
    unit = "".join(pieces)
    times = length // len(unit) + 1
    whole = "".join(unit.replace("{n}", str(n)) for n in range(times)) if "{n}" in unit else unit * times
    return whole[:length]


def cost(text: str) -> float:
    """Return the seconds of the processor that it takes to read a brief with this text."""
    from briefing.incremental.hashed import Hashed  # not above: atheris must see these modules loaded
    from briefing.model.steps import Source
    from briefing.parse.document import parse
    from tests.sites import brief

    source = Source("content/briefs/found.md", "brief", Hashed.of(brief(body=text).encode()))
    start = time.process_time()
    parse(source)
    return time.process_time() - start


def seek_slow(seconds: float, folder: Path) -> int:
    """Repeat random pieces; keep what costs more than its length allows, with short texts tried first; say how many."""
    chance, end, tried, found = random.Random(time.time_ns()), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        pieces = chance.choices(PIECES, k=chance.randint(1, 5))
        tried += 1
        if cost(repeat(pieces, LONG // 20)) < LONG / 20 * ALLOWED:
            continue
        if (took := cost(repeat(pieces, LONG))) > LONG * ALLOWED:
            print(f"{took:.2f} s for {LONG:,} signs of {''.join(pieces)!r}", flush=True)
            found += 1
            (folder / f"slow-{tried}").write_text("".join(pieces), encoding="utf-8")
    print(f"slow: {tried:,} texts", flush=True)
    return found


def main() -> None:
    """Run one target."""
    name, seconds = sys.argv[1], float(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(".venv/fuzz/corpus") / name
    folder.mkdir(parents=True, exist_ok=True)
    if name == "slow":
        sys.exit(seek_slow(seconds, folder) > 0)
    if name == "many":
        from tests.fuzz.multiply import seek_many

        sys.exit(seek_many(seconds) > 0)
    import atheris

    with atheris.instrument_imports(include=["briefing", "markdown", "yaml"]):
        from tests.fuzz.targets import TARGETS

    def one(data: bytes) -> None:
        TARGETS[name](data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode())

    words = folder.with_suffix(".dict")
    signs = [b"".join(b"\\x%02x" % sign for sign in word.encode()) for word in (*PIECES, *WORDS)]
    words.write_bytes(b"".join(b'"%b"\n' % sign for sign in signs))
    seeds = SEEDS / name
    options = [
        f"-max_total_time={seconds:.0f}",
        "-max_len=2000",
        "-timeout=10",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]
    options += [f"-artifact_prefix={folder}-", f"-dict={words}", str(folder)]
    atheris.Setup([sys.argv[0], *options, *([str(seeds)] if seeds.is_dir() else [])], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
