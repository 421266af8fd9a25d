"""Every word of the interface comes from a catalogue, which is complete in each language."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.locale import languages
from briefing.locale.interface import interface, language_of
from briefing.model.kinds import KINDS
from briefing.model.media import DOCUMENTS
from briefing.model.text import Link
from briefing.model.vocabulary import AXES, STATUSES, TIERS, WORDING_READ, statuses_of
from briefing.scaffold.interface_words import list_english, write_template
from briefing.text.dates import write_date, write_month, write_period
from briefing.weave.pages import links, tables, upcoming
from tests.sites import MakeSite, brief, codes, places

REPOSITORY = Path(__file__).parents[1]
_SAID = re.compile(r'\b_\("([^"]*)"')
_COUNTED = re.compile(r'\b(?:_n|forms)\("([^"]*)", "([^"]*)"')
_SHOWN = re.compile(r">\s*([^<>{}%]*[a-z]{2}[^<>{}%]*?)\s*<(?!/bdi)", re.IGNORECASE)
"""Words of a template between two tags."""
_NAMES = {"DOI", "CSV", "JSON", "ISBN"}
"""What is the same in every language."""


def _templates() -> dict[str, str]:
    paths = [path for path in (REPOSITORY / "templates").rglob("*") if path.is_file()]
    return {str(path): re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in paths}


def _said_by_code() -> set[str]:
    """Return the words that a step says: the constants that are given to `say`, and to `count`."""
    found: set[str] = set()
    for room in ("locale", "weave", "render", "postprocess", "text"):
        for path in (REPOSITORY / "briefing" / room).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(call, ast.Call):
                    continue
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                constants = [one.value for one in call.args if isinstance(one, ast.Constant)]
                if name in ("say", "translate") or (name == "count" and len(call.args) == 3):
                    found.update(one for one in constants[-1:] if isinstance(one, str))
    return found


def _extracted() -> set[str]:
    """Return every word that a reader, a list, a feed or a column of data can show."""
    pages = _templates().values()
    found = {words for page in pages for words in _SAID.findall(page)}
    found |= {many for page in pages for _, many in _COUNTED.findall(page)}
    found |= _said_by_code()
    found |= {words for kind in KINDS for words in (kind.singular, kind.plural, kind.about, kind.also)}
    found |= {
        words for axis in AXES for one in statuses_of(STATUSES, axis) for words in (one.label, one.counted, one.meaning)
    }
    found |= {*WORDING_READ.values()}
    found |= {words for tier in TIERS for words in (tier.label, tier.plural)}
    found |= {one for one in DOCUMENTS.values() if one.islower()}
    found |= {link.title for link in vars(links).values() if isinstance(link, Link)}
    shown = [*tables._TABLES, tables._PASSAGES]
    columns = [column for table in shown for column in table.columns] + [tables._TITLE, tables._SUMMARY]
    found |= {table.title for table in shown} | {one.meaning for one in columns if one.meaning[0] != "{"}
    months = {write_date(f"2025-{n:02}", str).removesuffix(" 2025") for n in range(1, 13)}
    found |= (
        months | {name[:3] for name in months} | {upcoming._ABOUT, "Home", "{month} {year}", "{} and {}", "{} or {}"}
    )
    return found - {""}


def test_all_words_are_in_every_catalogue_and_no_others() -> None:
    """What templates and steps say is what each language has words for: nothing is missing, and nothing is left over."""
    wanted = _extracted()
    for tag in languages():
        words = set(language_of(tag).words)
        assert (tag, [], []) == (tag, sorted(wanted - words), sorted(words - wanted))


def test_templates_say_nothing_without_a_catalogue() -> None:
    """Between the tags of a template stand words from a catalogue, from the settings or from the page, and no others."""
    found = [(name, words) for name, page in _templates().items() for words in _SHOWN.findall(page)]
    assert [] == [(name, words) for name, words in found if words not in _NAMES and not name.endswith((".txt", ".xml"))]


@pytest.mark.parametrize("tag", languages())
def test_a_catalogue_is_whole(tag: str) -> None:
    """Each text has the placeholders of the English one and all plural forms, and the file says who checked it."""
    language = language_of(tag)
    file = json.loads((REPOSITORY / f"briefing/locale/{tag}.json").read_text(encoding="utf-8"))
    assert language.name
    assert tag == "en" or isinstance(file["checked_by"], str)
    assert list(file["words"]) == sorted(file["words"])
    for words, english in language_of("en").words.items():
        said = language.words[words]
        assert all(said), words
        assert len(said) == (len(language.forms) if len(english) > 1 else 1), words
        for form in said:
            of_number = {"{}"} if len(english) > 1 else set()
            holes = set(re.findall(r"\{\w*\}", form))
            assert holes | of_number == set(re.findall(r"\{\w*\}", words)) | of_number, words
    assert language.form_of(5) < len(language.forms)


@given(st.sampled_from(languages()), st.integers(0, 10**7))
def test_every_number_has_a_form(tag: str, number: int) -> None:
    """A number of things is said in one of the forms of the language, with the number or in a word for it."""
    said = interface(tag).count("{} minute", "{} minutes", number)
    assert said and "{" not in said
    assert 0 <= language_of(tag).form_of(number) < len(language_of(tag).forms)
    if number > 2:
        assert interface(tag).number(number) in said


def test_plural_forms_are_those_of_the_language() -> None:
    """Arabic and Welsh have six forms, chosen by the rules of CLDR; French counts none as one."""
    forms = {tag: [language_of(tag).forms[language_of(tag).form_of(n)] for n in range(13)] for tag in languages()}
    assert forms["ar"] == ["zero", "one", "two", *["few"] * 8, "many", "many"]
    assert forms["cy"] == ["zero", "one", "two", "few", "other", "other", "many", *["other"] * 6]
    assert forms["fr"][:3] == ["one", "one", "other"]
    assert forms["en"][:3] == forms["de"][:3] == ["other", "one", "other"]
    assert ("few", "other") == tuple(language_of("ar").forms[language_of("ar").form_of(n)] for n in (103, 100))


@pytest.mark.parametrize(
    ("tag", "date", "month", "period", "number", "listed"),
    [
        ("en", "1 June 2025", "Jun 2025", "3–5 June 2025", "1,234", "a, b and c"),
        ("cy", "1 Mehefin 2025", "Meh 2025", "3–5 Mehefin 2025", "1,234", "a, b a c"),
        ("fr", "1er juin 2025", "juin 2025", "3–5 juin 2025", "1\u202f234", "a, b et c"),
        ("de", "1. Juni 2025", "Juni 2025", "3.–5. Juni 2025", "1.234", "a, b und c"),
        ("ar", "1 يونيو 2025", "يونيو 2025", "3–5 يونيو 2025", "1,234", "a، b وc"),
    ],
)
def test_a_language_writes_its_own_dates_numbers_and_lists(
    tag: str, date: str, month: str, period: str, number: str, listed: str
) -> None:
    """Dates, the first of a month, periods, thousands and lists are written as the language writes them."""
    words = interface(tag)
    assert date == write_date("2025-06-01", words.say)
    assert month == write_month("2025-06-01", words.say)
    assert period == write_period("2025-06-03", "2025-06-05", ("", ""), False, words.say)
    assert number == words.number(1234)
    assert listed == words.listed(["a", "b", "c"])
    assert ("", "a") == (words.listed([]), words.listed(["a"]))


@pytest.mark.parametrize(
    ("tag", "names", "letters"),
    [
        ("en", ["Zoo", "apple", "Église", "Ebb", "9 lives"], "0–9 A E E Z"),
        ("cy", ["Llan", "lwc", "Chwefror", "cyngor", "Dŵr", "Ddoe", "Ŵyn", "Yr Ŷd"], "C Ch D Dd L Ll W Y"),
        ("ar", ["المكتبة", "أحمد", "كتاب", "النهر"], "ا ك م ن"),
        ("fr", ["Œuvre", "Zoo", "Oz", "Odeur", "Ægis", "Avis", "Ad"], "A A A O O O Z"),
        ("en", ["The Zoo", "“The Ant”", "A cat", "An elk", "Anna", "A"], "A A A C E Z"),
        ("fr", ["L’heure", "Le chat", "Un an", "Les", "Laval"], "A C H L L"),
        ("de", ["Die Zeit", "Das Amt", "Diele"], "A D Z"),
        ("da", ["Ærø", "Zoo", "Ad"], "A Z Æ"),
        ("hi", ["नदी", "किताब", "Zoo"], "Z क न"),
    ],
)
def test_names_are_in_the_order_of_the_language(tag: str, names: list[str], letters: str) -> None:
    """Welsh ch, dd and ll are letters of their own, Arabic leaves out its article, and accents do not matter."""
    words = interface(tag)
    assert letters.split() == [words.letter(name).capitalize() or "0–9" for name in sorted(names, key=words.order)]


@given(st.data(), st.sampled_from(("en", "cy", "fr", "de", "ar", "hi")))
def test_any_names_are_in_one_order_that_keeps_the_alphabet(data: st.DataObject, tag: str) -> None:
    """Names have one order, however they were given; letters are in the order of the alphabet, and accents come last."""
    words = interface(tag)
    alphabet = words.language.alphabet or tuple("abcdefghijklmnopqrstuvwxyz")
    letters = st.sampled_from(alphabet)
    accented = letters.map(lambda one: one + "\u0302" if len(one) == 1 and one.isascii() else one)
    names = data.draw(
        st.lists(st.lists(letters | accented | st.sampled_from(" 9-"), min_size=1).map("".join), max_size=8)
    )
    ordered = sorted(names, key=words.order)
    assert ordered == sorted(data.draw(st.permutations(names)), key=words.order)
    begins = [words.letter(name) for name in ordered]
    known = [alphabet.index(letter) for letter in begins if letter]
    assert known == sorted(known)
    assert begins == sorted(begins, key=bool)
    one, other = data.draw(st.lists(letters, min_size=2, max_size=2, unique=True))
    assert (words.order(one) < words.order(other)) == (alphabet.index(one) < alphabet.index(other))
    for article in words.language.articles:
        assert words.order(article + one + other)[:2] == words.order(one + other)[:2]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Alder", "Éowyn", "Fig", "9 lives"]),
        ("cy", ["Cwm", "Chwiler", "Dôl", "Ddol", "Lôn", "Llan", "Rhos", "Sarn"]),
        ("fr", ["Cote", "Coté", "Côte", "Eau", "Étage", "Zone"]),
        ("ar", ["أحمد", "المكتبة", "النهر", "هند", "ياسر"]),
    ],
)
def test_every_list_of_names_has_the_order_of_the_a_to_z(site: MakeSite, language: str, names: list[str]) -> None:
    """People, places, organisations, terms, sources, briefs, topics and kinds of the site's own: the language's order."""
    shuffled = names[::-1]
    quoted = [json.dumps(name, ensure_ascii=False) for name in shuffled]

    def listed(form: str) -> str:
        return "".join(f"- {{{form.format(n=number, name=name)}}}\n" for number, name in enumerate(quoted))

    briefs = "".join(
        f"-- content/briefs/b{n}.md --\n{brief(name, topics=f'[{name}]')}" for n, name in enumerate(quoted)
    )
    one = site(
        f"-- content/site.yaml --\ntitle: A\nlanguage: {language}\ntopic_pages: true\n"
        + "-- content/kinds.yaml --\n- {name: song, singular: song, plural: songs}\n"
        + f"-- content/songs.yaml --\n{listed('id: s{n}, title: {name}, summary: S.')}"
        + f"-- content/people.yaml --\n{listed('id: p{n}, name: {name}, summary: S.')}"
        + f"-- content/places.yaml --\n{listed('id: l{n}, name: {name}, summary: S.')}"
        + f"-- content/glossary.yaml --\n{listed('id: t{n}, term: {name}, meaning: It is one.')}"
        + f"-- content/sources.yaml --\n{listed('id: q{n}, type: report, title: {name}, tier: primary, issued: 2020')}"
        + briefs,
        default="-- content/pages/index.md --\n---\ntitle: A\n---\nWords.\n",
    )
    plans = {plan.address: plan.page.value for plan in one.result().woven.plans}
    ordered = sorted(names, key=interface(language).order)
    for address in ("/songs/", "/people/", "/places/", "/glossary/", "/sources/", "/topics/"):
        groups = plans[address].groups
        shown = [view.link.title for group in groups for view in group.views]
        assert ordered == (shown or [link.title for group in groups for link in group.links]), address
    assert ordered == [link.title for group in plans["/a-z/"].groups for link in group.links if link.id.startswith("b")]


def test_a_word_of_a_site_is_a_word_of_the_interface(site: MakeSite) -> None:
    """A key that nothing says, and a list with another number of forms, are warnings at their place, once each."""
    words = "language: cy\nwords:\n  Menue: Bwydlen\n  Menu: Bwydlen\n  '{} changes': [a, b]\n  Our team: Ein tîm\n"
    template = '{% extends "base.html" %}{% block main %}<p>{{ _("Our team") }}</p>{% endblock %}'
    one = site(f"-- content/site.yaml --\ntitle: A\n{words}-- templates/404.html --\n{template}\n", default="")
    found = one.check()
    assert [("interface-word", "content/site.yaml", line, 3) for line in (4, 6)] == places(found)
    assert "Menu" in found[0].hint
    one.good()
    assert "Bwydlen" in one.output()["a-z/index.html"].decode()
    assert "Ein tîm" in one.output()["404.html"].decode()


def test_a_language_without_words_is_one_note(site: MakeSite) -> None:
    """Words that are missing are counted once, at the language; the template of the command fills the gap."""
    settings = "-- content/site.yaml --\ntitle: पुस्तकालय\nlanguage: hi\n"
    one = site(settings, default="")
    notes = [note for note in one.build(dry_run=True).summary.notes if note.code == "missing-words"]
    assert [(2, 11)] == [(note.line, note.column) for note in notes]
    assert f"{len(language_of('en').words)} of" in notes[0].message
    template = write_template(one.project())
    assert len(language_of("en").words) + 1 == len(template.splitlines())
    assert [*language_of("en").words] == list(list_english(one.project()))
    text = re.sub(r'^  (".*"): .*$', lambda line: line[0].replace('""', line[1]), template, flags=re.MULTILINE)
    filled = site(settings + text + "\n", default="")
    report = filled.build(dry_run=True)
    assert [] == codes(report.problems) and "missing-words" not in codes(report.summary.notes)
    assert [] == list(list_english(filled.project()))
