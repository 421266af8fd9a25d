"""The words of the interface: in which languages there are some, and which of them a site lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator

from briefing.locale import FALLBACK, languages
from briefing.locale.interface import Own, language_of, list_missing
from briefing.parse.document import parse
from briefing.parse.vocabulary import read_sources
from briefing.problems import BuildError
from briefing.project import Project
from briefing.read.snapshot import read


def list_languages() -> Iterator[str]:
    """Yield a line for each language: its tag, its name, how many words it has, and who checked them."""
    for tag in languages():
        language = language_of(tag)
        checked = language.checked_by or "not yet checked by a speaker"
        yield f"{tag}  {language.name}: {len(language.words)} words, " + (
            "the original" if tag == FALLBACK else checked
        )


def list_english(project: Project) -> list[str]:
    """Return the words that are in English on a site. Raises BuildError if its settings are broken."""
    return list_missing(*_words_of(project))


def write_template(project: Project) -> str:
    """Return all words with what a site says, as the field `words`. Raises BuildError if its settings are broken."""
    tag, own = _words_of(project)
    language, mine = language_of(tag), dict(own)
    lines = [f"words:  # the forms of a word with a number: {', '.join(language.forms)}"]
    for words, forms in language_of(FALLBACK).words.items():
        said = mine.get(words) or language.words.get(words)
        shown = said or ("",) * (len(language.forms) if len(forms) > 1 else 1)
        value = list(shown) if len(shown) > 1 else shown[0]
        lines.append(f"  {json.dumps(words, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines)


def _words_of(project: Project) -> tuple[str, Own]:
    """Return the language of a site, and its own words."""
    for source in read_sources(read(project))[1]:
        if source.kind == "site":
            document = parse(source)
            site = document.outline.value.site
            if site is None:
                raise BuildError(document.problems)
            return site.language, site.words
    return FALLBACK, ()
