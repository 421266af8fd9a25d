"""Schemas: which records fit, and which problem each mistake gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.model.addresses import is_site_url
from briefing.model.kinds import KINDS
from briefing.parse.schema import KNOWN_ELSEWHERE, suggest_field
from briefing.parse.schemas import schema
from briefing.problems import Problem
from briefing.suggestions import Suggestions
from tests.fuzz.multiply import calls
from tests.sites import brief, codes, document

SCHEMAS = REPOSITORY / "briefing/schema"
EVENT = "- id: opening\n  date: 2025\n  title: Opening\n  sources: [minutes]\n"
SOURCE = "- id: minutes\n  type: report\n  title: Minutes\n  issued: 2025\n  tier: primary\n  publisher: The Board\n"
TERM = "- id: loan\n  term: Loan\n  meaning: A book taken home.\n"
SITE = """\
title: T
tagline: T
base_url: https://x.example
language: en
publisher: {name: P}
contact: c@x.example
safety: {exit: {url: "https://e.example", label: Leave}}
licence: {name: L, url: "https://l.example"}
navigation: [{label: A, to: /a-z/}]
"""


KINDS_WITH_FIELDS = {
    "person": {"id": "ada", "name": "Ada", "summary": "A reader."},
    "term": {"id": "pond", "term": "Pond", "meaning": "Still water."},
    "unknown": {
        "id": "depth",
        "question": "How deep is it?",
        "why": "Nobody measured it.",
        "who_could_answer": "A diver.",
    },
}


def found(text: str, kind: str) -> list[Problem]:
    """Return the errors of one file."""
    path = f"content/{kind}.yaml"
    return [one for one in document(text, kind, path).problems if one.level == "error"]


@pytest.mark.parametrize(
    ("kind", "text", "code", "line", "column", "word"),
    [
        ("event", EVENT + "  descripton: x\n", "unknown-field", 5, 3, "descripton"),
        ("event", EVENT + "  plannd: true\n", "unknown-field", 5, 3, "did you mean “planned”?"),
        ("source", SOURCE + "  url: https://a.example/\n", "unknown-field", 7, 3, "did you mean “URL”?"),
        ("source", SOURCE.replace("primary", "newspaper"), "unknown-word", 5, 9, "did you mean “news”?"),
        ("source", SOURCE.replace("report", "newspaper"), "unknown-word", 2, 9, "did you mean “article-newspaper”?"),
        ("event", EVENT.replace("  title: Opening\n", ""), "missing-field", 1, 3, "“title” is missing"),
        ("event", EVENT.replace("Opening", "''"), "empty-field", 3, 10, "“title” is empty"),
        ("event", EVENT.replace("[minutes]", "[]"), "empty-field", 4, 12, "“sources” is empty"),
        ("event", EVENT + "  planned: yes\n", "wrong-type", 5, 12, "true or false"),
        ("event", EVENT + "  planned: 'true'\n", "wrong-type", 5, 12, "true or false"),
        ("event", EVENT + "  who: ada\n", "wrong-type", 5, 8, "a list"),
        ("event", EVENT + "  order: 1.5\n", "wrong-type", 5, 10, "a whole number"),
        ("event", EVENT + "  order: 012\n", "wrong-type", 5, 10, "a whole number"),
        ("event", EVENT + "  draft: nope\n", "draft", 5, 10, "true or false"),
        ("event", EVENT + "  draft: True\n", "draft", 5, 10, "true or false"),
        ("event", EVENT.replace("2025", "2026-02-30"), "impossible-date", 2, 9, "not a valid date"),
        ("event", EVENT.replace("2025", "2026-6-1"), "wrong-form", 2, 9, "write 2026-06-01"),
        ("event", EVENT.replace("2025", "June 2025"), "wrong-form", 2, 9, "2025, 2025-06 or 2025-06-16"),
        ("event", EVENT + "  updated: 2026-02-30\n", "impossible-date", 5, 12, "2026-02-30"),
        ("event", EVENT.replace("opening", "Opening Day"), "wrong-form", 1, 7, "small letters"),
        ("event", EVENT.replace("opening", "../../evil"), "wrong-form", 1, 7, "small letters"),
        ("event", EVENT.replace("opening", "a--b"), "wrong-form", 1, 7, "single hyphens"),
        ("event", EVENT + "  lang: english please\n", "wrong-form", 5, 9, "language tag"),
        ("event", EVENT + "  redirect_from: [old]\n", "wrong-form", 5, 19, "starts with one slash"),
        ("event", EVENT + "  redirect_from: [/a/../../b]\n", "wrong-form", 5, 19, "starts with one slash"),
        ("event", EVENT + "  redirect_from: [//evil.example/]\n", "wrong-form", 5, 19, "starts with one slash"),
        ("event", EVENT + "  changes: [{date: 2026-01-01, kind: updat, text: x}]\n", "unknown-word", 5, 38, "update"),
        ("event", EVENT + "  changes: [{date: 2026, kind: update, text: x}]\n", "impossible-date", 5, 20, "“2026”"),
        ("event", "opening\n", "no-fields", 1, 1, "no fields"),
        ("event", "- opening\n", "no-fields", 1, 3, "no fields"),
        ("source", SOURCE.replace("report", "reprot"), "unknown-word", 2, 9, "did you mean “report”?"),
        ("source", SOURCE.replace("primary", "best"), "unknown-word", 5, 9, "primary"),
        ("source", SOURCE.replace("  publisher: The Board\n", ""), "missing-field", 1, 3, "“publisher” or “author”"),
        ("source", SOURCE + "  URL: ftp://x.example\n", "wrong-form", 7, 8, "A web address"),
        ("source", SOURCE + "  URL: javascript:alert(1)\n", "wrong-form", 7, 8, "A web address"),
        ("source", SOURCE + "  passages: [{id: p, locator: p. 1}]\n", "missing-field", 7, 14, "“says” is missing"),
        ("source", SOURCE + "  tags: [x]\n", "unknown-field", 7, 3, "topics"),
        ("source", SOURCE + "  slug: x\n", "unknown-field", 7, 3, "the address is made of the file name"),
        (
            "support",
            "- {id: a, name: A, who_for: B, checked: 2026-01-01}\n",
            "missing-field",
            1,
            3,
            "“number” or “url”",
        ),
        (
            "support",
            "- {id: a, name: A, who_for: B, checked: never, url: 'https://x.example'}\n",
            "wrong-form",
            1,
            41,
            "not-yet",
        ),
        ("term", TERM.replace("A book", "word " * 41 + "A book"), "long-meaning", 3, 12, "the limit is 40"),
        ("site", SITE.replace("title: T\n", "titel: T\n", 1), "unknown-field", 1, 1, "did you mean “title”?"),
        ("site", SITE.replace("https://x.example", "x.example"), "wrong-form", 3, 11, "where the site is published"),
        ("site", SITE.replace("to: /a-z/", "to: a-z"), "wrong-form", 9, 29, "starts with one slash"),
    ],
)
def test_what_does_not_fit_is_explained(kind: str, text: str, code: str, line: int, column: int, word: str) -> None:
    """Every mistake has a code, the place of the value, and words that say what to write."""
    hits = [one for one in found(text, kind) if (one.code, one.line, one.column) == (code, line, column)]
    assert 1 <= len(hits), found(text, kind)
    assert word.casefold() in f"{hits[0].message} {hits[0].hint}".casefold()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("event", EVENT),
        ("event", ""),
        ("event", EVENT.removeprefix("- ").replace("\n  ", "\n")),
        ("event", EVENT.replace("2025", "2025-06")),
        ("event", EVENT.replace("2025", "'2025-06-16'")),
        ("event", EVENT.replace("[minutes]", "minutes")),
        ("event", EVENT.replace("Opening", "2025")),
        ("event", EVENT.replace("Opening", "no")),
        ("event", EVENT.replace("opening", "öffnung-2025")),
        ("event", EVENT.replace("opening", "開館")),
        ("event", EVENT + "  draft: false\n  order: -3\n  lang: zh-Hant-TW\n  redirect_from: [/old, /a/b/]\n"),
        ("source", SOURCE),
        ("source", "references:\n" + SOURCE),
        ("source", SOURCE.replace("issued: 2025", "issued: undated")),
        ("source", SOURCE.replace("issued: 2025", "issued: {date-parts: [[2025, 6, 16]]}")),
        ("source", SOURCE + "  author: [{family: Reed, given: Ada}, {literal: The Board}]\n"),
        ("term", TERM),
        ("support", "- {id: a, name: A, who_for: B, checked: not-yet, number: '999'}\n"),
        ("site", SITE),
        ("site", SITE + "words: {Menu: Dewislen}\ndirection: rtl\n"),
    ],
)
def test_what_fits_passes(kind: str, text: str) -> None:
    """Records in every allowed form have no problem."""
    assert [] == found(text, kind)


def test_all_mistakes_of_a_record_are_reported_at_once() -> None:
    """Three mistakes in one record are three problems."""
    text = EVENT.replace("opening", "A B").replace("2025", "soon") + "  colour: red\n"
    assert {("wrong-form", 1), ("wrong-form", 2), ("unknown-field", 5)} == {
        (p.code, p.line) for p in found(text, "event")
    }


@pytest.mark.parametrize("day", ["2023-02-29", "1900-02-29", "2026-04-31", "2026-11-31", "2025-01-00", "2025-01-32"])
def test_dates_that_do_not_exist_are_errors(day: str) -> None:
    """A date that does not exist is an error, also around leap years."""
    problems = document(brief().replace("2026-01-10", day)).problems
    assert {("impossible-date", 4, 8)} == {(one.code, one.line, one.column) for one in problems}


@pytest.mark.parametrize("day", ["2024-02-29", "2000-02-29", "1066-10-14", "2025-12", "2025"])
def test_dates_that_exist_are_accepted(day: str) -> None:
    """Years, months and days are dates, also long ago."""
    assert () == document(brief().replace("2026-01-10", day)).problems


SETTINGS = ("common", "drawing", "site", "never-publish", "own", "kinds", "statuses", "tiers", "field-rules")


@pytest.mark.parametrize("kind", [*(kind.name for kind in KINDS), *SETTINGS[1:]])
def test_every_schema_is_complete(kind: str) -> None:
    """Each kind has a schema with required fields and descriptions, which allows no unknown fields."""
    shape = schema(kind)
    assert (False, f"{kind}.json") == (shape["additionalProperties"], shape["$id"])
    assert set(shape["required"]) <= set(shape["properties"])
    assert shape["description"].endswith(".")
    assert "TODO" not in json.dumps(shape)


CONTACTS = (
    "a@x.example",
    "mailto:a.b+c@x.example",
    "señor@bücher.example",
    "https://x.example/@team?a=b#c",
    "tel:+44 1632 960001",
)
NO_CONTACTS = (
    "httpx-evil:payload", "a@x.example?bcc=b@x.example", "mailto:a@x.example?subject=x", "a@x.example,b@x.example", "a@x.example%0Abcc:b@x.example",
    "javascript:alert(1)//a@x.example", "https://a@x.example/", "https://a:b@x.example/", "x", "a@x", "//x.example", "a@x.example\\r\\nbcc:b@x.example",
    "tel:javascript", "mailto:", "https:x.example", "https:///x", "\\u202Ea@x.example", "a@x.example#b", "a\\u200B@x.example", "data:a@x.example",
)  # fmt: skip
HOMES = (
    "https://x.example",
    "http://127.0.0.1:8000",
    "https://x.example/a/b/",
    "http://[::1]:80/a",
    "https://x.example/%7Ea/@b",
)
NO_HOMES = (
    "https://a@x.example/", "https://a:b@x.example", "https://x.example/#b", "https://x.example/?b", "https://x.example#", "ftp://x.example", "https://",
    "https://x.example:port", "https://x.example/a b", "https://x.example\\\\@y.example", "//x.example", "x.example", "https://x.example/<b>",
)  # fmt: skip


@pytest.mark.parametrize(("field", "value", "good"), [
    *(("contact: c@x.example", f"contact: {one}", True) for one in CONTACTS),
    *(("contact: c@x.example", f'contact: "{one}"', False) for one in NO_CONTACTS),
    *(("base_url: https://x.example", f"base_url: {one}", True) for one in HOMES),
    *(("base_url: https://x.example", f'base_url: "{one}"', False) for one in NO_HOMES),
])  # fmt: skip
def test_an_address_of_the_site_is_one_address(field: str, value: str, good: bool) -> None:
    """The contact and the address of the site have no user, no second receiver, no other scheme."""
    assert SITE.count(field) == 1
    text = SITE.replace(field, value)
    assert good == ([] == found(text, "site")), found(text, "site")
    address = value.partition(": ")[2].strip('"')
    assert not field.startswith("base") or "\\" in address or is_site_url(address) == good


def shapes(shape: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Return every part of a schema with its path."""
    if isinstance(shape, dict):
        yield where, shape
    for name, below in (
        shape.items() if isinstance(shape, dict) else enumerate(shape) if isinstance(shape, list) else ()
    ):
        yield from shapes(below, f"{where}/{name}")


SHAPES = [found for name in (*SETTINGS, *(kind.name for kind in KINDS)) for found in shapes(schema(name), name)]


def test_every_text_and_list_has_a_limit() -> None:
    """No field takes a text or a list of any length, so that nothing that pages repeat can be long."""
    unlimited = []
    for where, shape in SHAPES:
        types = shape.get("type", ())
        types = {types} if isinstance(types, str) else set(types)
        if "string" in types and not {"maxLength", "enum", "years"} & set(shape):
            unlimited.append(f"{where}: words")
        if "array" in types and "maxItems" not in shape:
            unlimited.append(f"{where}: list")
        lists_names = where.endswith("/properties")  # its keys are names of fields
        if not lists_names and isinstance(shape.get("additionalProperties"), dict) and "maxProperties" not in shape:
            unlimited.append(f"{where}: fields")
    assert [] == unlimited


@pytest.mark.parametrize(
    ("kind", "text", "line", "column", "says"),
    [
        ("event", EVENT.replace("Opening", "x" * 301), 3, 10, "“title” has 301 characters; the limit is 300"),
        ("event", EVENT.replace("Opening", "x" * 1001), 3, 10, "“title” has 1,001 characters; the limit is 300"),
        ("event", EVENT + f"  who: [{', '.join(['ada'] * 51)}]\n", 5, 8, "“who” has 51 entries; the limit is 50"),
        ("term", TERM + f"  aka: [{', '.join(['x'] * 51)}]\n", 4, 8, "“aka” has 51 entries; the limit is 50"),
    ],
)
def test_what_is_too_long_is_one_problem_at_its_place(kind: str, text: str, line: int, column: int, says: str) -> None:
    """It says how long something is and how long it may be."""
    [problem] = found(text, kind)
    assert ("too-long", line, column, says) == (problem.code, problem.line, problem.column, problem.message)


def test_what_is_as_long_as_it_may_be_passes() -> None:
    """The limit itself is allowed; letters are counted, not bytes."""
    assert [] == found(EVENT.replace("Opening", "é" * 300) + f"  who: [{', '.join(['ada'] * 50)}]\n", "event")


@pytest.mark.parametrize("day", ["0000", "0000-01", "3000", "9999-12-31", "3000-01-01"])
def test_years_that_no_calendar_needs_are_errors(day: str) -> None:
    """The last day of the last year of a computer's calendar has no day after it."""
    problems = document(brief().replace("2026-01-10", day)).problems
    assert {("impossible-date", 4, 8)} == {(one.code, one.line, one.column) for one in problems}


@pytest.mark.parametrize("day", ["0999-12-31", "3000-01-01", "9999-12-31"])
def test_years_of_days_have_limits_too(day: str) -> None:
    """A day of the calendar is in a year from 1000 to 2999."""
    problems = document(brief(check_by=day)).problems
    assert [("impossible-date", 5, 11)] == [(one.code, one.line, one.column) for one in problems]


def test_a_record_with_thousands_of_unknown_fields_costs_no_more_than_its_length() -> None:
    """Names of fields are compared for a hundred words, not for each, and no field is searched for among all others."""

    def unknown(times: int) -> list[Problem]:
        return found(EVENT + "".join(f"  f{n:05}: x\n" for n in range(times)), "event")

    problems = unknown(4_000)
    assert ({"unknown-field"}, 4_000) == (set(codes(problems)), len(problems))
    assert 100 >= sum("did you mean" in one.hint for one in problems)
    assert calls(lambda: unknown(4_000)) < 5 * calls(lambda: unknown(1_000))


TREES = st.recursive(
    st.sampled_from(["x", "2000", "", "true", "x" * 400, "-5"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["literal", "season", "date-parts", "year", "family"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.sampled_from(sorted(schema("source")["properties"])), TREES)
def test_no_value_of_any_shape_is_a_crash(name: str, value: object) -> None:
    """A value that fits no form that a field has is a problem with a place."""
    typed = json.dumps([{"id": "a", "title": "T", "publisher": "P", name: value}])
    for problem in document(typed, "source", "content/sources.yaml").problems:
        assert problem.line and problem.message


@given(st.sampled_from(sorted(KINDS_WITH_FIELDS)), st.data())
def test_a_misspelt_field_is_one_problem_and_not_also_missing(name: str, data: st.DataObject) -> None:
    """A name beside it, which is close to its own, is what the writer meant."""
    fields = KINDS_WITH_FIELDS[name]
    key = data.draw(st.sampled_from(sorted(fields)))
    typed = key[:-1] if len(key) > 3 else f"{key}s"
    text = "- " + "\n  ".join(f"{typed if one == key else one}: {value}" for one, value in fields.items()) + "\n"
    kind = next(one for one in KINDS if one.name == name)
    found = [
        p
        for p in document(text, name, f"content/{kind.home}.yaml").problems
        if p.code in ("missing-field", "unknown-field")
    ]
    assert ["unknown-field"] == codes(found), text


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("2026-11-31", "November 2026 has 30 days"),
        ("2026-02-29", "February 2026 has 28 days"),
        ("2026-31-11", "month from 01 to 12"),
        ("9 June 2026", "write 2026-06-09"),
    ],
)
def test_a_day_that_does_not_exist_is_told_why(typed: str, hint: str) -> None:
    """The hint speaks of this day, and shows no other one."""
    [found] = [p for p in document(brief(updated=typed)).problems if p.level == "error"]
    assert hint in found.hint


@pytest.mark.parametrize("name", sorted(path.stem for path in SCHEMAS.glob("*.json")))
def test_a_hint_names_a_field_that_is_there(name: str) -> None:
    """What other generators and older versions call a field has a hint only where the schema has our field for it."""
    properties = schema(name).get("properties", {})
    groups = [properties, *(one["properties"] for one in properties.values() if one.get("properties"))]
    for known in groups:
        for word, (ours, hint) in KNOWN_ELSEWHERE.items():
            for typed in (word, f"{word[:-1]}l{word[-1]}"):
                if typed not in known:
                    shown = suggest_field(typed, known, True, Suggestions())
                    assert ours in known or shown != hint, (typed, list(known))
