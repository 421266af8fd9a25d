"""A path can be written on every disk, stays inside the output folder, and no other path is in its way."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from briefing.write.paths import check_paths

GOOD = ("a", "A", "á", "a\u0301", "b", "x" * 255, "é" * 127, "a.b", "a..b")
BAD = {
    "impossible-name": (".x", ".briefing-part", "x" * 256, "é" * 128, "a\0"),
    "outside-output": ("", ".", "..", "a\\b", "C:"),
}
PARTS = st.sampled_from(GOOD)
BAD_PARTS = st.sampled_from([(code, part) for code, parts in BAD.items() for part in parts])


@given(st.lists(PARTS, max_size=2), BAD_PARTS, st.lists(PARTS, max_size=2))
def test_one_bad_part_is_enough(before: list[str], bad: tuple[str, str], after: list[str]) -> None:
    """Wherever in a path a name is too long, leads outside, starts with a dot or has a null byte, it is a problem."""
    code, part = bad
    [problem] = check_paths(["/".join([*before, part, *after])], "out")
    assert code == problem.code
    assert "\0" not in problem.path


def plain(path: str) -> str:
    """Return a path as a disk compares it."""
    return unicodedata.normalize("NFC", path).casefold()


@given(st.lists(st.lists(st.sampled_from(GOOD[:5]), min_size=1, max_size=2).map("/".join), max_size=5))
def test_paths_clash_only_where_a_disk_would_mix_them_up(paths: list[str]) -> None:
    """The second of two equal paths, and each file that is also a folder, is a problem; other paths are none."""
    first: dict[str, str] = {}
    expected = []
    for path in paths:
        if plain(path) in first:
            same = "two files" if first[plain(path)] == path else "only case or accents"
            expected.append((f"out/{path[:120]}", same))
        else:
            first[plain(path)] = path
    for key in first:
        expected += [(f"out/{first[file]}", first[file]) for file in first if key.startswith(f"{file}/")]
    found = list(check_paths(paths, "out"))
    assert {"address-clash"} >= {problem.code for problem in found}
    assert sorted(place for place, _ in expected) == sorted(problem.path for problem in found)
    assert all(any(problem.message.startswith(words) for _, words in expected) for problem in found)
