"""What an edition was made from: a change of its original is reported exactly if its readers see another page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.incremental.memo import Memo
from briefing.scaffold.mark_edition import mark_editions
from tests.sites import Site, brief

FIELDS = {
    "title": ("Opening hours", "Hours"),
    "summary": ("About it.", "About the hours."),
    "as_of": ("2026-01-10", "2026-01-11"),
    "check_by": ("2026-06-01", "2026-07-01"),
    "topics": ("[town, river]", "[river, town]", "[town]"),
    "sensitivity": ("It names a flood.", "It names two floods."),
    "in_brief": (
        '["It opens at nine [@council, p. 2].", "See [[room]]."]',
        '["It opens at nine [@council, p. 3].", "See [[room]]."]',
        '["It opens at nine [@council, p. 2].", "See [[hall]]."]',
        '["See [[room]].", "It opens at nine [@council, p. 2]."]',
    ),
    "not_known": ("[why]", "[when]", "[why, when]", "All of it is known."),
    "disputed": tuple(
        "[{about: The door, positions: [{holder: The council, text: It is open., sources: [council]},"
        f" {{holder: {holder}, text: It is {said}., date: {date}, sources: [{source}]}}]}}]"
        for holder, said, date, source in (
            ("The town", "shut", "2025-02-03", "minutes"),
            ("A visitor", "shut", "2025-02-03", "minutes"),
            ("The town", "locked", "2025-02-03", "minutes"),
            ("The town", "shut", "2025-02-04", "minutes"),
            ("The town", "shut", "2025-02-03", '"minutes, p. 4"'),
        )
    ),
    "changes": tuple(f"[{{date: 2026-01-10, kind: first, text: {text}}}]" for text in ("New.", "The first.")),
    "updated": ("2026-01-11", "2026-01-12"),
    "needs_primary": ("false", "true"),
    "order": ("1", "2"),
    "aka": ("[Times]", "[Hours of opening]"),
    "redirect_from": ("[/old/]", "[/older/]"),
    "extra": ("{colour: red}", "{colour: blue}"),
}
DRAWING = "```drawing\ndraws: bars\ntitle: {}\nas_of: {}\nsources: [{}]\nrows:\n  - {{label: Seats, amount: '{}'}}\n```"
SECTIONS = (
    (
        ("It opens at nine [@council, p. 2].", "It opens at nine [@council, p. 3].", "It opens at nine [@minutes, p. 2].",
         "It opens at nine [@council#one].", "It opens at nine [see @council, p. 2].", "It opens at ten [@council, p. 2]."),
        ("See [[room]] and [[room|the room]].", "See [[hall]] and [[room|the room]].", "See [[room]] and [[room|a room]].",
         "See [[room]] and [[hall|the room]].", "See [[room]] and [[room#desk|the room]]."),
        ("It has [[=seats]] seats.", "It has [[=desks]] seats."),
    ),
    (
        ("Read [the map](https://a.example/map).", "Read [the map](https://a.example/plan).", "Read [it](https://a.example/map)."),
        ("- One\n- Two", "- Two\n- One", "- One\n- Three"),
        ("- [ ] Paint it", "- [x] Paint it"),
        ("> [!NOTE]\n> Bring a card.", "> [!TIP]\n> Bring a card."),
        ("Shut[^a].\n\n[^a]: On Sundays [@council].", "Shut[^b].\n\n[^b]: On Sundays [@council].", "Shut[^a].\n\n[^a]: Always [@council]."),
    ),
    (
        ("| Day | Hour |\n|---|---|\n| Monday | Nine |\n\n: When [@council, p. 2]", "| Day | Hour |\n|---|---|\n| Monday | Ten |\n\n: When [@council, p. 2]",
         "| Day | Hour |\n|---|---|\n| Monday | Nine |\n\n: When [@council, p. 5]"),
        (DRAWING.format("Rooms", "2026-01-02", "council", 4), DRAWING.format("Rooms", "2026-01-02", "council", 5), DRAWING.format("Rooms", "2026-01-02", '"council, p. 1"', 4),
         DRAWING.format("Rooms", "2026-01-03", "council", 4), DRAWING.format("Halls", "2026-01-02", "council", 4)),
        ("1. First\n2. Then", "3. First\n4. Then"),
        ("It is **large** and ~~new~~ old.", "It is *large* and ~~new~~ old.", "It is **large** and new old."),
        ("![A map](map.svg \"The river\")", "![A plan](map.svg \"The river\")", "![A map](map.svg \"The town\")", "![A map](plan.svg \"The river\")"),
    ),
)  # fmt: skip
"""The blocks of each section; the first text of each is that from which the edition was made."""
LAYOUTS = ("\n\n", "\n\n\n\n", "\n\n%% To do: ask again %%\n\n", "  \n\n")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
PARTS = "".join(f"## Rhan {n} {{#part-{n}}}\n\nMae’n agor am naw.\n\n" for n in range(len(SECTIONS)))
SITE = f"""\
-- content/site.yaml --
title: The Riverside Library
-- assets/map.svg --
{SVG}
-- assets/plan.svg --
{SVG}
-- content/briefs/room.md --
{brief("The reading room", "It is quiet.")}
## Desk {{#desk}}

It is there.
-- content/briefs/hall.md --
{brief("The hall", "It is loud.")}
-- content/unknowns.yaml --
- {{id: why, question: "Why is it shut?", why: Nobody said., who_could_answer: The council.}}
- {{id: when, question: "When is it open?", why: Nobody said., who_could_answer: The council.}}
-- content/numbers.yaml --
- {{id: seats, label: Seats, value: "40", definition: All of them., as_of: 2026-01-02, source: council}}
- {{id: desks, label: Desks, value: "40", definition: All of them., as_of: 2026-01-02, source: council}}
-- content/sources.yaml --
- {{id: council, title: The plan, type: report, publisher: The council, tier: official, issued: 2025-01-02, passages: [{{id: one, locator: p. 2, says: It opens.}}]}}
- {{id: minutes, title: The minutes, type: report, publisher: The town, tier: official, issued: 2025-01-02}}
-- content/briefs/oriau.md --
{brief("Oriau agor", PARTS, edition_of="hours", lang="cy")}
"""


def write_original(fields: dict[str, str], names: list[str], sections: list[tuple[int, list[str]]], gap: str) -> str:
    """Return the text of the original."""
    front = "".join(f"{name}: {fields[name]}\n" for name in names)
    text = "".join(
        f"## Part {'ABC'[number]} {{#part-{number}}}{gap}{gap.join(blocks)}{gap}" for number, blocks in sections
    )
    return f"---\n{front}---\nIt is by the river.{gap}{text}"


BASE = (
    {name: texts[0] for name, texts in FIELDS.items()},
    [*FIELDS],
    [(number, [texts[0] for texts in blocks]) for number, blocks in enumerate(SECTIONS)],
    LAYOUTS[0],
)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """Draw an original with up to three edits, of what readers see or of what they do not."""
    fields, names, gap = dict(BASE[0]), [*BASE[1]], BASE[3]
    sections = [(number, [*blocks]) for number, blocks in BASE[2]]
    for _ in range(draw(st.integers(0, 3))):
        match draw(st.sampled_from(("field", "block", "block", "order", "fields", "gap", "gone"))):
            case "field":
                name = draw(st.sampled_from(names))
                fields[name] = draw(st.sampled_from(FIELDS[name]))
            case "block" if sections:
                number, blocks = draw(st.sampled_from(sections))
                if blocks:
                    at = draw(st.integers(0, len(blocks) - 1))
                    blocks[at] = draw(st.sampled_from(next(one for one in SECTIONS[number] if blocks[at] in one)))
            case "order":
                sections = draw(st.permutations(sections))
            case "fields":
                names = draw(st.permutations(names))
            case "gap":
                gap = draw(st.sampled_from(LAYOUTS))
            case "gone":
                _, blocks = draw(st.sampled_from(sections))
                if len(blocks) > 1:
                    blocks.pop(draw(st.integers(0, len(blocks) - 1)))
    return write_original(fields, names, sections, gap)


def read_page(one: Site, memo: Memo) -> tuple[list[str], bool]:
    """Return the words, links, receipts and pictures of the original, and whether its edition is behind it."""
    result = one.result(memo)
    assert [] == [found for found in result.summary.problems if found.level == "error"]
    html = next(page.data.value.decode() for plan, page in result.pages if plan.address == "/briefs/hours/")
    main = html.partition("<main")[2].partition("</main>")[0]
    for left_out in (r'<section class="changes".*?</section>', r'<section class="cite".*?</section>', r"<nav.*?</nav>"):
        main = re.sub(left_out, "", main, flags=re.DOTALL)
    seen = re.findall(r'(?<= )(?:href|src|alt|start)="[^"]*"|<(?:/?(?:del|p|li|h\d|td|th))\b|(?<=>)[^<>]+(?=<)', main)
    footnotes = re.compile(r"#fn(?:ref)?:\w")
    words = [" ".join(unescape(footnotes.sub("#fn", one)).split()) for one in seen]
    return [*filter(None, words)], any(found.finding.code == "edition-behind" for found in result.woven.problems)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Memo, list[str]]:
    """Return a site whose edition agrees with its original, and what readers see of the original."""
    one, memo = Site(tmp_path_factory.mktemp("site"), SITE), Memo()
    one.write("content/briefs/hours.md", write_original(*BASE))
    list(mark_editions(one.project(), ["oriau"]))
    words, behind = read_page(one, memo)
    assert not behind and len(words) > 100
    return one, memo, words


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(text=edited())
def test_an_edition_is_behind_exactly_if_readers_see_another_original(
    made: tuple[Site, Memo, list[str]], text: str
) -> None:
    """Words, links, receipts and their order count; comments, spaces, the order of fields and unseen fields do not."""
    one, memo, before = made
    one.write("content/briefs/hours.md", text)
    now, behind = read_page(one, memo)
    assert (now != before) == behind
