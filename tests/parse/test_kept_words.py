"""The files of kept words: what is read is what was written, and every other text is reported at its line."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.model.versions import History, Version, Withdrawal
from briefing.parse.kept_words import read_kept, words_digest, write_kept

PATH = "content/versions/a.txt"
DAYS = st.dates().map(str).filter(lambda day: day >= "1900")
LINES = st.lists(st.sampled_from(["a", "b", "a b", "# a", "1 a", "= /x/ en", "@ 2026-01-01", ""]), max_size=6).filter(
    lambda lines: lines != [""]  # which shows what no line shows
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, ...]:
    """Return the histories of a few pages: versions that add, remove, move and repeat lines, and withdrawals."""
    found, line = [], 2
    for address in sorted(draw(st.sets(st.sampled_from(["/", "/a/", "/b/c/", "/كتاب/"]), min_size=1))):
        days = sorted(draw(st.sets(DAYS, max_size=5)))
        versions = tuple(Version(day, tuple(draw(LINES))) for day in days)
        gone = draw(st.sets(DAYS, min_size=not days, max_size=2))
        withdrawn = tuple(Withdrawal(day, "2026-01-01", words_digest([day]), "A name.") for day in sorted(gone))
        found.append(History(address, "en-GB", draw(st.booleans()), versions, withdrawn, PATH, line))
        line += write_kept([found[-1]]).count(b"\n") - 1
    return tuple(found)


@settings(max_examples=40)
@given(histories())
def test_what_is_shown_for_a_day_is_what_was_recorded(kept: tuple[History, ...]) -> None:
    """Every version of every page is read as it was written."""
    assert (kept, ()) == read_kept(PATH, write_kept(kept))


@settings(max_examples=40)
@given(histories(), st.data())
def test_a_new_version_leaves_the_earlier_lines_in_place(kept: tuple[History, ...], data: st.DataObject) -> None:
    """Adding a version removes no line of the words that were kept, so the file grows by what changed alone."""
    one = kept[0]
    more = History(one.address, "en", False, (*one.versions, Version("9999-01-01", tuple(data.draw(LINES)))))
    before = [line.partition(" ")[2] for line in write_kept([one]).decode().split("\n") if line[:1].isdigit()]
    after = iter([line.partition(" ")[2] for line in write_kept([more]).decode().split("\n") if line[:1].isdigit()])
    assert all(line in after for line in before)


@settings(max_examples=40)
@given(histories(), st.data())
@example(kept=(History("/", "en", False, (Version("2026-01-01", ("a",)),), (), PATH, 2),), data=None)
def test_an_edited_file_is_told(kept: tuple[History, ...], data: st.DataObject | None) -> None:
    """Deleting or changing any line of words is a problem in this file with a line and a remedy."""
    lines = write_kept(kept).decode().split("\n")
    places = [n for n, line in enumerate(lines) if line[:1].isdigit()]
    if not places:
        return
    at = data.draw(st.sampled_from(places)) if data else places[0]
    edited = [*lines[:at], *([lines[at] + "!"] if data is None or data.draw(st.booleans()) else []), *lines[at + 1 :]]
    found, problems = read_kept(PATH, "\n".join(edited).encode())
    assert found == ()
    assert all(
        (one.code, one.path, bool(one.hint), one.line > 1) == ("kept-words", PATH, True, True) for one in problems
    )
    assert problems


@given(histories(), st.integers(0, 3))
def test_an_address_without_a_day_is_told(kept: tuple[History, ...], at: int) -> None:
    """No build writes one, so whoever adds it to a file sees its line in the problem."""
    lines = write_kept(kept).decode().split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("= ")]
    at = starts[at % len(starts)]
    found, problems = read_kept(PATH, "\n".join([*lines[:at], "= /other/ en", *lines[at:]]).encode())
    assert ((), [("kept-words", at + 1)]) == (found, [(one.code, one.line) for one in problems])


@settings(max_examples=20)
@given(st.text(max_size=60), st.booleans())
def test_any_other_text_is_told_and_is_no_traceback(text: str, with_head: bool) -> None:
    """A file that no build wrote is a problem, whatever is in it."""
    head = write_kept([]).decode() if with_head else ""
    found, problems = read_kept(PATH, (head + text).encode("utf-8", "replace"))
    assert found == () and (problems or not text.strip("\n\r"))


@given(st.sampled_from("\u202e\u200b\u2066\x1b\u00ad\u2062"), st.booleans())
def test_what_nobody_sees_is_refused_in_kept_words(character: str, in_reason: bool) -> None:
    """The words of a day and the reason of a withdrawal hold no characters that a text may not hold; its place is reported."""
    words = f"It {character}opens."
    gone = (Withdrawal("2026-01-01", "2026-01-02", "-", words if in_reason else "A name."),)
    kept = History("/a/", "en", False, (Version("2026-01-03", ("b" if in_reason else words,)),), gone)
    found, problems = read_kept(PATH, write_kept([kept]))
    assert ((), True) == (found, bool(problems[0].line > 3))


@given(st.sampled_from(["/a", "/a/?b/", "/a/#b/", "/a//", "//a/", "/%2e%2e/", "/a\\b/", "/a/index.html"]))
def test_kept_words_have_the_address_of_a_folder(address: str) -> None:
    """The pages of days are below the address of their page, so an address ends with a slash and has no question."""
    found, problems = read_kept(PATH, write_kept([History(address, "en", False, (Version("2026-01-03", ("b",)),))]))
    assert ((), "kept-words") == (found, problems[0].code)


def test_what_a_file_shows_is_bounded() -> None:
    """Weekly versions of ten years are read; a small file whose days would show millions of lines is one error."""
    for versions, lines, is_read in ((520, 100, True), (400, 5000, False)):
        texts = [f"line {n}" for n in range(lines)]
        days = [str(date(2015, 1, 1) + timedelta(7 * n)) for n in range(versions)]
        heads = [f"@ {day} {words_digest(texts)}" for day in days]
        text = "\n".join(["= /a/ en", *heads, *(f"1 {words}" for words in texts)])
        found, problems = read_kept(PATH, write_kept([]) + text.encode())
        assert (is_read, not is_read) == (bool(found), len(problems) == 1 and "2,000,000 lines" in problems[0].message)
