"""A mistake in BibTeX loses no field without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.bibliography.bibtex import read
from briefing.bibliography.nodes import plain
from briefing.bibliography.works import BrokenExport

FIELDS = ("title = {On {Ponds}}", 'journal = "Waters"', "volume = 12", "year = {2001}", "author = {Ann Reed and Bo Li}", "url = {https://a.example/b}")  # fmt: skip


def works(text: str) -> list[object]:
    """Return the fields of the works in a text."""
    return [plain(work.fields) for work in read(text)[0]]


@given(st.lists(st.sampled_from(FIELDS), min_size=2, max_size=5, unique=True), st.integers(0, 99))
def test_an_entry_without_one_of_its_characters_is_read_the_same_or_refused(fields: list[str], at: int) -> None:
    """Each brace, comma, quotation mark, = and @, with another entry above and below."""
    entry = "@article{reed-2001,\n  " + ",\n  ".join(fields) + "\n}\n"
    first, last = "@book{first, title = {One}}\n\n", "\n@book{last, title = {Two}}\n"
    places = [n for n, one in enumerate(entry) if one in '{}",=@']
    cut = places[at % len(places)]
    broken = f"{first}{entry[:cut]}{entry[cut + 1 :]}{last}"
    try:
        found = works(broken)
    except BrokenExport as error:
        assert 3 <= error.line <= broken.count("\n") + 1
    else:
        whole = works(first + entry + last)
        assert len(whole) == len(found)
        assert all(len(str(one)) >= len(str(other)) - 3 for one, other in zip(found, whole, strict=True)), found


@pytest.mark.parametrize("name", ["year", "date"])
def test_words_in_place_of_a_year_are_the_state_of_a_work(name: str) -> None:
    """They are no date, and not lost."""
    [work] = works(f"@article{{a, title = {{One}}, {name} = {{in press}}}}")
    assert {"title": "One", "status": "in press"}.items() <= dict(work).items()  # type: ignore[call-overload]
    assert "issued" not in dict(work)  # type: ignore[call-overload]


def test_words_between_entries_and_a_field_that_is_there_twice_with_one_value_are_read() -> None:
    """BibTeX ignores what is between entries."""
    text = "My list, 2 = two.\n@article{a, title = {One}, issn = {1}, issn = {1}}\n% x\nAn e-mail: a@b.example\n"
    assert 1 == len(works(text))


PARTS = {"ice": "Ice & Snow", "{A {b}}": "A b", '" Press"': " Press", '{"c"}': '"c"', "12": "12", "jan": "jan", "two": "Ice & Snow two", r'" \# {#}"': " # #"}  # fmt: skip


@given(st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=4), st.sampled_from([" # ", "#", "\n  #  "]))
def test_what_is_joined_is_one_value(parts: list[str], sign: str) -> None:
    """Words, names of words and numbers, also where a field is there twice."""
    names = '@string{ice = "Ice \\& Snow"}\n@STRING{Two = ICE # { two}}\n'
    value = sign.join(parts)
    for again in ("", f", title = {value}"):
        [work] = works(f"{names}@book{{a, title = {value}{again}, year = 2001}}")
        assert {"title": " ".join("".join(PARTS[one] for one in parts).split())}.items() <= dict(work).items()  # type: ignore[call-overload]


def test_names_that_double_each_other_are_refused() -> None:
    """A small file cannot fill the memory."""
    doubled = "\n".join(f"@string{{a{n + 1} = a{n} # a{n}}}" for n in range(60))
    with pytest.raises(BrokenExport, match="repeat"):
        read(f'@string{{a0 = "words"}}\n{doubled}\n@book{{a, title = a60}}')
