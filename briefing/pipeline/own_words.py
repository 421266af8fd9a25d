"""What a site defines for itself: its words, and its templates that replace none of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.incremental.memo import AnyMemo
from briefing.locale import FALLBACK
from briefing.locale.interface import Own, language_of, list_missing
from briefing.model.documents import Document
from briefing.model.files import Snapshot
from briefing.model.site import SETTINGS_PATH
from briefing.model.steps import HASHED_OURS, Defined, WovenSite
from briefing.model.vocabulary import AXES, statuses_of
from briefing.parse.places import take_vocabulary
from briefing.pipeline import lazy
from briefing.pipeline.steps import read_theme
from briefing.problems import WHOLE_FILE, Finding, Problem
from briefing.render.dependencies import TemplateUse, find_unused
from briefing.suggestions import Names, Suggestions

_SAID = re.compile(r"""\b(?:_|_n|forms)\((?:(?:"[^"]*"|'[^']*'), *)?["']([^"']*)["']""")
"""Words in a template that can be translated; of those with a number, the second text."""

_PLACEHOLDER = re.compile(r"\{\w*\}")
_SAID_IN_WORDS = ("zero", "one", "two")


def define(memo: AnyMemo, snapshot: Snapshot) -> Defined:
    """Read what the site defines in words of its own."""
    given = take_vocabulary(snapshot)
    if not given.files and not given.templates:
        return Defined(HASHED_OURS)
    [defined] = memo.map("define", lazy.define, [given])
    return defined


def check_templates(memo: AnyMemo, snapshot: Snapshot, woven: WovenSite) -> list[Problem]:
    """Report the templates of the site that replace none of ours and that nothing uses."""
    if not snapshot.own_templates:
        return []
    used = tuple(sorted({plan.template for plan in woven.plans}))
    use = TemplateUse(read_theme(memo, snapshot.templates), snapshot.own_templates, used)
    [unused] = memo.map("unused", find_unused, [use])
    return list(unused) if woven.plans else []


def check_words(snapshot: Snapshot, defined: Defined, documents: Sequence[Document], woven: WovenSite) -> list[Problem]:
    """Report the site's own words that nothing says, and words that its language lacks."""
    document = next((document for document in documents if document.path == SETTINGS_PATH), None)
    if not woven.site or not document:
        return []
    places = [document.spans.value[span] for span in woven.site.word_spans]
    of_editions = {one.prefix: one.language for one in woven.site.editions}
    listed = [(woven.site.words, woven.site.language, places)]
    for one in woven.site.edition_settings:
        spans = [document.spans.value[span] for span in one.word_spans]
        listed.append((one.words, of_editions.get(one.prefix, one.prefix.split("/")[1]), spans))
    found = [
        (place, finding)
        for words, language, spans in listed
        for place, finding in zip(spans, _find_unknown(snapshot, defined, words, language), strict=False)
        if finding
    ]
    if not language_of(woven.site.language).words and (missing := list_missing(woven.site.language, woven.site.words)):
        of = f"{len(missing)} of {len(language_of(FALLBACK).words)} words of the interface"
        message = f"{of} are in English, since there are none in “{woven.site.language}”"
        hint = "words --template prints them, to be filled in under words:"
        at = places[-1] if len(places) > len(woven.site.words) else WHOLE_FILE
        found.append((at, Finding("missing-words", message, hint)))
    return [finding.at(SETTINGS_PATH, place) for place, finding in found]


def _find_unknown(snapshot: Snapshot, defined: Defined, own: Own, language: str) -> Iterator[Finding | None]:
    """Yield what is wrong with each word that a site sets for a language."""
    if not own:
        return
    known = {*language_of(FALLBACK).words, *_vocabulary(defined)}
    known.update(
        words for file in snapshot.templates for words in _SAID.findall(file.data.value.decode("utf-8", "replace"))
    )
    names, suggestions = Names(known), Suggestions()
    names_of_forms = language_of(language).forms
    for words, said in own:
        if words not in known:
            [close] = suggestions.nearest(words, names, 1) or [""]
            hint = f"did you mean “{close}”?" if close else "words --template prints all words; delete this one"
            yield Finding("interface-word", f"the interface does not say “{words}”", hint)
        elif len(said) not in (1, len(names_of_forms)):
            message = f"these are {len(said)} forms of “{words}”, and the language has {len(names_of_forms)}"
            order = ", ".join(names_of_forms)
            yield Finding("interface-word", message, f"write one text for all numbers, or one for each of: {order}")
        else:
            yield _find_wrong_text(words, said, names_of_forms)


def _find_wrong_text(words: str, said: tuple[str, ...], forms: tuple[str, ...]) -> Finding | None:
    """Return what is wrong with the texts for a word: a list where nothing is counted, no text, other placeholders.

    The form for zero, one or two may say its number in words.
    """
    if len(said) > 1 and len(language_of(FALLBACK).words.get(words, said)) == 1:
        return Finding("interface-word", f"“{words}” has one text, since nothing in it is counted", "write one text")
    wanted = sorted(_PLACEHOLDER.findall(words))
    for form, text in zip(forms if len(said) > 1 else ("",), said, strict=True):
        if not text.strip():
            return Finding("interface-word", f"a text for “{words}” is empty", "write what readers see, or delete this")
        found = sorted(_PLACEHOLDER.findall(text))
        if found != wanted and not (form in _SAID_IN_WORDS and sorted([*found, "{}"]) == wanted):
            message = f"“{text}” does not have the same placeholders as “{words}”"
            hint = f"write each of these once: {', '.join(wanted)}" if wanted else "delete what is in braces: {}"
            return Finding("interface-word", message, hint)
    return None


def _vocabulary(defined: Defined) -> Iterator[str]:
    words = defined.vocabulary.value
    for kind in words.kinds:
        yield from (kind.singular, kind.plural, kind.about, kind.also)
    for axis in AXES:
        for status in statuses_of(words.statuses, axis):
            yield from (status.label, status.counted, status.meaning)
    for tier in words.tiers:
        yield from (tier.label, tier.plural)
    for rules in words.field_rules:
        yield from re.findall(r'"([^"]*)"', rules.schema)
