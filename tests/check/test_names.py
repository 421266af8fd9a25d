"""Guard: names that must never appear are found in every form, and stand nowhere themselves."""

from __future__ import annotations

import pytest

from briefing.check.names import LIST, add, forms, normalise
from tests.sites import MakeSite, brief

NAME = "Orla Quillfeather Wren"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wren", {"wren"}),
        ("Orla Wren", {"orla wren", "wren orla", "o wren", "wren o"}),
        ("Órla-Mae O’Wren", {"orla mae owren", "orla owren", "owren orla", "o owren", "owren o"}),
    ],
)
def test_forms_of_a_name(name: str, expected: set[str]) -> None:
    """A name is looked for in both orders, without middle names and with its initial, accents and case apart."""
    assert expected == forms(name)


@pytest.mark.parametrize("name", ["", "...", "one two three four five"])
def test_what_is_no_name_is_refused(name: str) -> None:
    """A name has one to four words."""
    with pytest.raises(ValueError, match="one to 4 words"):
        forms(name)


def test_words_are_compared_without_possessive() -> None:
    """Wren's and WREN are the same word."""
    assert ["orla", "wren", "wren"] == normalise("Orla Wren’s WREN")


def test_the_list_names_nobody_and_grows() -> None:
    """The list holds hashes alone; a second name keeps the first, the salt and the cost; adding twice adds nothing."""
    first = add("", NAME)
    second = add(first, "Bram Finch")
    assert [] == [word for word in normalise(f"{NAME} Bram Finch") if word in second.casefold()]
    assert {line for line in first.splitlines() if "hash" in line} < set(second.splitlines())
    assert first.splitlines()[2:4] == second.splitlines()[2:4]
    assert second == add(second, "bram FINCH")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/briefs/hours.md", "at nine", "at nine, says Orla Wren"),
        ("content/briefs/hours.md", "at nine", "at nine, says Wren, Orla"),
        ("content/briefs/hours.md", "at nine", "at nine, says O. Wren’s friend"),
        ("content/briefs/hours.md", "at nine", "at nine, says ORLA WREN"),
        ("content/briefs/hours.md", "at nine", "at nine, says Orla Quillfeather Wren"),
        ("content/briefs/hours.md", "at nine", "at nine, says *Orla* Wren"),
        ("content/briefs/hours.md", "at nine", "at [nine](https://news.example/orla-wren-speaks)"),
        ("content/briefs/hours.md", "The library", "## Orla Wren\n\nThe library"),
        ("content/briefs/hours.md", "title: Opening hours", "title: What Orla Wren said"),
        ("content/briefs/hours.md", "summary: ", "summary: By Orla Wren. "),
    ],
)
def test_a_guarded_name_is_found_and_not_repeated(site: MakeSite, path: str, old: str, new: str) -> None:
    """Wherever it stands in the output, the build fails, and no message holds the name."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.write(LIST, add("", NAME))
    one.good()
    before = one.output()
    one.edit(path, old, new)
    errors = one.errors()
    assert {"guarded-name"} == {problem.code for problem in errors}
    assert [] == [word for problem in errors for word in ("orla", "wren") if word in problem.message.casefold()]
    assert before == one.output()


def test_a_guarded_name_is_found_in_an_address(site: MakeSite) -> None:
    """A file called after somebody is found, and its name is not printed either."""
    one = site(f"-- content/briefs/orla-wren.md --\n{brief()}")
    one.write(LIST, add("", NAME))
    assert {("guarded-name", LIST)} <= {(problem.code, problem.path) for problem in one.errors()}


@pytest.mark.parametrize("typed", ["We met orla wren.", "Orla went. Wren stayed.", "Orlando Wrenfield came."])
def test_what_is_not_the_name_is_not_found(site: MakeSite, typed: str) -> None:
    """Small letters in running text, words apart and longer words raise no alarm, as the manual says."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body=typed)}")
    one.write(LIST, add("", NAME))
    one.good()


def test_the_command_reads_a_name_and_keeps_it_to_itself(site: MakeSite) -> None:
    """A name from standard input is added, and neither printed nor written anywhere."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    done = one.run("guard", typed=NAME + "\n")
    assert (0, "") == (done.returncode, done.stdout)
    written = done.stderr + one.read(LIST)
    assert [] == [word for word in normalise(NAME) if word in written.casefold()]
    one.edit("content/briefs/hours.md", "at nine", "at nine, says Orla Wren")
    assert 1 == one.run("check").returncode
