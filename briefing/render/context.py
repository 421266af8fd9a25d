"""The context of a template: its page, the settings and a few functions (docs/templates.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Protocol, cast

from jinja2 import Environment
from markupsafe import Markup, escape

from briefing.locale.interface import interface_of_page
from briefing.model.addresses import topic_address
from briefing.model.drawings import Drawing
from briefing.model.files import Coverage
from briefing.model.headers import HEADERS
from briefing.model.kinds import by_name
from briefing.model.pages import Page, View, place_letter
from briefing.model.site import Site
from briefing.model.text import (
    Call,
    Chip,
    Chips,
    Credit,
    Figure,
    Gloss,
    Image,
    Link,
    Prose,
    Resolved,
    ShownDrawing,
    Word,
)
from briefing.model.versions import address_seen, day_address
from briefing.render.bibtex import cite_bibtex
from briefing.render.dependencies import FILLS
from briefing.render.editions import Foreign, foreign, list_alternates, list_editions
from briefing.render.jsonld import describe
from briefing.render.markdown import plain
from briefing.render.report import report_address
from briefing.render.sharing import picture_elsewhere
from briefing.render.urls import in_edition, path_under_base, relative, site_of
from briefing.text.dates import write_date, write_month, write_period
from briefing.text.directions import direction_of, stands_alone
from briefing.text.placeholders import replace
from briefing.text.web_addresses import doi_address

_TAG = re.compile(r"<\w[^>]*>")
_ATTRIBUTE = re.compile(r'([^\s"=]+)="([^"]*)"')


class _Fills(Protocol):
    """The macros of `parts/fills.html`."""

    def link(self, to: Link, label: Markup) -> Markup: ...
    def call(self, to: Call, label: Markup, marks: str) -> Markup: ...
    def gloss(self, term: Gloss, first: Markup, last: Markup, marks: str) -> Markup: ...
    def chip(self, chip: Chip) -> Markup: ...
    def figure(self, figure: Figure, first: Markup, last: Markup, marks: str) -> Markup: ...
    def image(self, image: Image) -> Markup: ...
    def credit(self, credit: Credit) -> Markup: ...
    def word(self, word: Word) -> Markup: ...
    def drawing(self, drawing: ShownDrawing) -> Markup: ...
    def row(self, chips: Sequence[Chip]) -> Markup: ...
    def mark(self, words: str, other: Foreign) -> Markup: ...


def make_context(
    environment: Environment, page: Page, bodies: Sequence[str], site: Site, coverage: Coverage, cited: str = ""
) -> dict[str, object]:
    """Return everything that the template of a page can use."""
    whole, site = site, site_of(page, site)
    words = interface_of_page(page.language, site.language, site.words)
    within = dict(page.within)

    def href(address: str, exact: bool = False) -> str:
        address = address if exact else in_edition(address, site)
        path, _, anchor = address.partition("#")
        if address in within:
            return f"#{within[address]}"
        if path in within:
            return f"#{within[path]}--{anchor}"
        if within:
            return site.base_url + address if site.base_url else relative(page.address, address)
        return path_under_base(site, address) if page.address.endswith("/404.html") else relative(page.address, address)

    editions = list_editions(page, whole)
    not_ours = foreign(page.language, "", whole)
    around = page.language
    """The language of the text that is being filled."""

    @cache
    def find_foreign(language: str, around: str) -> Foreign | None:
        return foreign(around, language, whole)

    def direction_in(language: str) -> str:
        return site.direction if language == site.language else direction_of(language)

    def tongue(of: Link) -> Foreign | None:
        return find_foreign(of.language, around)

    def said(text: str, of: Link | None = None) -> str:
        other = find_foreign(of.language if of else site.language, around)
        return text if other is None else fills.mark(text, other)

    def hreflang(address: str) -> str:
        if not page.prefix or not not_ours:
            return ""
        is_ours = not address.startswith("/") or in_edition(address, site) != address
        return "" if is_ours else not_ours.language

    context: dict[str, object] = {
        "page": page,
        "coverage": coverage,
        "cited_address": day_address(page.address, cited) if cited else page.address,
        "seen": lambda day: address_seen(page.kept, day),
        "site": site,
        "direction": direction_in(page.language),
        "href": href,
        "absolute": lambda address: site.base_url + in_edition(address, site),
        "editions": editions,
        "alternates": list_alternates(editions, whole),
        "foreign": not_ours if page.prefix else None,
        "tongue": tongue,
        "said": said,
        "apart": find_foreign(site.language, around) is not None,
        "hreflang": hreflang,
        "date": lambda text: write_date(text, words.say),
        "period": lambda event: (
            event.words or write_period(event.date, event.until, (event.time, event.until_time), event.circa, words.say)
        ),
        "month": lambda text: write_month(text, words.say),
        "_": words.say,
        "_n": words.count,
        "number": words.number,
        "listed": lambda items: Markup(words.listed([*map(escape, items)])),
        "forms": lambda one, many: json.dumps(words.forms(one, many), ensure_ascii=False),
        "picture_elsewhere": picture_elsewhere,
        "linked_data": lambda: Markup(describe(page, site)),
        "bibtex": lambda: cite_bibtex(page, site, cited),
        "report_address": lambda: report_address(page, site, words.say, cited),
        "doi_address": doi_address,
        "headers": [(name, Markup(value)) for name, value in HEADERS],
        "topic_address": lambda topic: topic_address(topic) if site.topic_pages else "",
        "own": find_own,
        "letter": place_letter,
        "kinds": site.kinds,
        "kind": by_name(site.kinds).__getitem__,
    }
    fields = count(1)
    fills = cast(_Fills, environment.get_template(FILLS).make_module(context))

    def fill(before: str, placeholder: Resolved, label: Markup, marks: str) -> str:
        match placeholder:
            case Link():
                return f"{before}{fills.link(placeholder, label)}{marks}"
            case Call():
                return f"{before}{fills.call(placeholder, label, marks)}"
            case Gloss(link=to):
                words = label or escape(said(escape(to.title), to))
                return f"{before}{fills.gloss(placeholder, *split_last(words, direction_in(around)), marks)}"
            case Chips(items=(), typed=typed):
                return f"{before}{escape(typed)}{marks}"
            case Chips(items=items):
                return tie(before, [*map(fills.chip, items)], marks)
            case Figure(value=value, card=card):
                words = escape(said(escape(value), page.cards[card].link))
                return f"{before}{fills.figure(placeholder, *split_last(words, direction_in(around)), marks)}"
            case Image():
                return f"{before}{fills.image(placeholder)}{marks}"
            case Credit():
                return f"{before}{fills.credit(placeholder)}{marks}"
            case Word():
                return f"{before}{fills.word(placeholder)}{marks}"
            case Drawing():
                return f"{before}{fills.drawing(placeholder)}"

    def tie(before: str, chips: list[Markup], marks: str) -> str:
        """Keep the first chip on a line with the word before it, and punctuation with the last one."""
        if before and not stands_alone(before, direction_in(around)):
            return f"{before}{tie('', chips, marks)}"
        if chips[1:]:
            return " ".join([tie(before, chips[:1], ""), *map(str, chips[1:-1]), tie("", chips[-1:], marks)])
        return f'<span class="whole">{before}{chips[0]}{marks}</span>' if before or marks else str(chips[0])

    def show(prose: Prose, apart: str = "", of: Link | None = None) -> Markup:
        """Return a text. With `of`, it is in the language of this record, and a field says so if it is another one."""
        nonlocal around
        other = tongue(of) if of else None
        if not other:
            return fill_in(prose, apart)
        around, before = other.language, around
        shown = fill_in(prose, apart)
        around = before
        return shown if prose.body >= 0 else fills.mark(shown, other)

    def fill_in(prose: Prose, apart: str) -> Markup:
        text = bodies[prose.body] if prose.body >= 0 else prose.html
        if not apart and prose.body < 0 and ' id="' in text:  # another field of the page may have the same id
            apart = f"Field-{next(fields)}"
        if apart:
            text = _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda found: _set_apart(found, apart), tag[0]), text)

        turned = ' dir="' in text

        def write(before: str, number: int, label: str, marks: str) -> str:
            if before and turned:
                return before + write("", number, label, marks)
            return fill(before, prose.placeholders[number], Markup(label), marks)

        return Markup(replace(text, write))

    context["prose"] = show
    context["row"] = lambda chips: fills.row(chips)
    context["plain"] = plain
    return context


def split_last(words: Markup, direction: str) -> tuple[Markup, Markup]:
    """Split words before the last one, which is a button; not where words have markup or are of another direction."""
    first, _, last = words.rpartition(" ")
    return (first, last) if "<" not in words and stands_alone(last, direction) else (Markup(""), words)


def find_own(view: View, name: str) -> object:
    """Return the value of a field of the site's own: words, a number, true or false, or a list; "" if it is not set."""
    field = next((field for field in view.extra if field.name == name), None)
    if field is None:
        return ""
    values = [_typed(field.form, value) for value in field.values]
    return values if field.is_list else values[0]


def _typed(form: str, value: str) -> object:
    if form == "number":
        return float(value) if "." in value else int(value)
    return value == "true" if form == "yes-no" else value


def _set_apart(attribute: re.Match[str], apart: str) -> str:
    """Put `apart` before an id, or before the id that a link within the text names.

    Only tags are read. In the HTML of a text, `<` starts nothing else, and no value contains a quotation mark.
    """
    name, value = attribute[1], attribute[2]
    if name == "id":
        return f'id="{apart}--{value}"'
    return f'href="#{apart}--{value[1:]}"' if name == "href" and value.startswith("#") else attribute[0]
