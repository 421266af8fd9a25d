"""The headings and sentences of a finished tree, for lint and for the pages to which a sentence links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from briefing.model.records import Heading
from briefing.model.text import Citation, NumberRef, Place, Placeholder, SentenceBlock
from briefing.parse.markdown.library import UNWRITTEN
from briefing.parse.markdown.links import CAPTION
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding
from briefing.text import placeholders
from briefing.text.plain_words import decode_entities
from briefing.text.sentences import is_checkable, sentences_of

_BLOCKS = {
    "p",
    "li",
    "caption",
    CAPTION,
    "td",
    "th",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "div",
    "figure",
}
_TEXT_BLOCKS = _BLOCKS - {"div", "pre", "figure"}
"""Blocks whose own words are sentences."""
TITLE = "callout-title"
"""The class of the title of a callout: what kind it is, and words after a colon."""
NOT_IN_SENTENCES = _BLOCKS | {"sup", "ul", "ol", "dl", "table"}
"""Elements that are not part of the sentence around them: footnote marks (`sup`), and blocks within a list item."""
_FOR_LIST = re.compile(rf".*{placeholders.CITATION_MARK}\s*:|(?:{placeholders.CITATION_MARK}[\s.]*)+", re.DOTALL)
"""A paragraph beside a list that gives the source of all of it: it ends with a citation and a colon, or is one."""
_HEADING_START = r"(?:^|\n)[ >]*#+[ \t]*"
"""What is before the words of a heading."""
_NONE_CITED: Mapping[str, int] = {}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def record_places(elements: list[Element], state: ConversionState) -> None:
    """Record headings, sentences, and the section and sentence of each placeholder."""
    section, cited = "", _cited_in_notes(elements, state)
    rows = [element for element in elements if element.tag == "tr"]
    sourced_rows = {cell for row in rows if _is_sourced(row, state, cited) for cell in row}
    without_source = [block for block in elements if "no-source" in block.get("class", "").split()]
    exempt = {inner for block in without_source for inner in block.iter()}
    blocks = {block: (is_sourced, within) for block, is_sourced, within in _find_blocks(elements[0], state, cited)}
    covered = {inner for block, (is_sourced, _) in blocks.items() if is_sourced for inner in block.iter()}
    numbers = [state.context.sentence_count]
    """The number of the first sentence of each element, in the order of the elements."""
    for element in elements:
        if element.tag in _HEADINGS:
            section = element.get("id", "")
            _record_heading(element, state)
        if has_words(element):
            heading = element.tag in _HEADINGS or element.tag in ("th", "caption", CAPTION, "div")
            text = join_words(element, own_text(element, state.placeholders, cited))
            status = (element in sourced_rows, heading, element in exempt, element in covered)
            record_sentences(text, section, state, *status)
        numbers.append(state.context.sentence_count)
    known = set(elements)  # what isolates words of another direction came later
    for at, element in enumerate(elements):
        is_sourced, within = blocks.get(element, (False, True))
        end = numbers[at + sum(one in known for one in element.iter())] if is_sourced or not within else 0
        if end > numbers[at]:
            block = SentenceBlock(numbers[at], end, _first_words(element, state), element.tag == "table", is_sourced)
            state.context.blocks.append(block)


def has_words(element: Element) -> bool:
    """Whether the own words of an element are sentences."""
    return element.tag in _TEXT_BLOCKS or element.get("class") == TITLE


def join_words(element: Element, pieces: Iterator[str]) -> str:
    """Return the own words of an element; of the title of a callout those that its writer typed."""
    text = "".join(pieces)
    return text.partition(": ")[2] if element.get("class") == TITLE else text


def _find_blocks(
    parent: Element, state: ConversionState, cited: Mapping[str, int], within: bool = False
) -> Iterator[tuple[Element, bool, bool]]:
    """Yield each table and list, whether a source is given for all of it, and whether it is within another one.

    The source is in the caption of a table, in a paragraph before a list that ends with a citation and a colon, or in a
    paragraph after it that holds nothing else.
    """
    children = list(parent)
    for at, child in enumerate(children):
        is_block = child.tag in ("table", "ul", "ol", "dl")
        if child.tag == "table":
            yield child, any(_is_sourced(caption, state, cited) for caption in child.findall("caption")), within
        elif is_block:
            beside = [one for one in (*children[max(0, at - 1) : at], *children[at + 1 : at + 2]) if one.tag == "p"]
            beside += (
                [parent] if parent.tag == "li" and all(one.tag not in NOT_IN_SENTENCES for one in children[:at]) else []
            )
            said = ("".join(own_text(one, state.placeholders)).strip() for one in beside)
            yield child, any(_FOR_LIST.fullmatch(text) for text in said), within
        if "footnote" not in child.get("class", "").split():
            yield from _find_blocks(child, state, cited, within or is_block)


def _cited_in_notes(elements: list[Element], state: ConversionState) -> dict[str, int]:
    """Return the number of the first citation in each footnote that has one, by the address of the footnote."""
    if "[^" not in state.text:
        return {}
    notes = (element for element in elements if element.tag == "li" and element.get("id", "").startswith("fn:"))
    cited = ((note, placeholders.number_of(one.attrib)) for note in notes for one in note.iter(placeholders.TAG))
    found: dict[str, int] = {}
    for note, number in cited:
        if isinstance(state.placeholders[number], Citation):
            found.setdefault(f"#{note.get('id')}", number)
    return found


def _first_words(block: Element, state: ConversionState) -> str:
    """Return the first words of a table or a list, by which its place is found."""
    inner = (one for one in block.iter() if one.tag in _TEXT_BLOCKS and one.tag != "caption")
    text = " ".join(" ".join(own_text(one, state.placeholders)) for one in inner)
    return " ".join(placeholders.replace_marks(text, lambda _: "").split()[:6])


def _is_sourced(element: Element, state: ConversionState, cited: Mapping[str, int]) -> bool:
    """Whether an element, such as the row of a table, contains a citation, a footnote with one, or a figure."""
    if cited and any(link.get("href", "") in cited for link in element.iter("a")):
        return True
    contents = (state.placeholders[placeholders.number_of(inner.attrib)] for inner in element.iter(placeholders.TAG))
    return any(isinstance(content, (Citation, NumberRef)) for content in contents)


def _record_heading(element: Element, state: ConversionState) -> None:
    title = title_of(element, state)
    level = _HEADINGS[str(element.tag)]
    if element.find(f".//{placeholders.TAG}") is not None:
        hint = "move it into the text below the heading"
        finding = Finding("heading-link", "a heading cannot contain a link or a citation", hint)
        state.context.add_problem(finding, *state.find(title or "#", _HEADING_START if title else ""))
    if title and level not in (2, 3) and level not in {one.level for one in state.headings}:  # once for each level
        hint = "write ## before it; the page shows its title above the text" if level == 1 else "write ### before it"
        if level == 1 and re.search(rf"^[ >]*#{re.escape(title)}", state.text, re.MULTILINE):
            hint = "write \\# to show the character; a heading begins with ## and a space"
        finding = Finding("heading-level", f"“{title}” is a heading of level {level}; texts have levels 2 and 3", hint)
        state.context.add_problem(finding, *state.find(title, _HEADING_START))
    state.headings.append(Heading(element.get("id", ""), title, level))


def title_of(element: Element, state: ConversionState) -> str:
    """Return the plain words of a heading."""
    text = "".join(own_text(element, state.placeholders))
    return " ".join(placeholders.replace_marks(text, lambda _: "").split())


def own_text(
    element: Element, contents: Sequence[Placeholder], cited: Mapping[str, int] = _NONE_CITED
) -> Iterator[str]:
    """Return the pieces of a block's own text, placeholders as marks, without footnote marks and blocks inside it.

    `cited` has the number of a citation by the address of its footnote; its mark is used for the footnote.
    """
    if element.text:
        yield decode_entities(element.text)
    for child in element:
        if child.tag == placeholders.TAG:
            number = placeholders.number_of(child.attrib)
            yield placeholders.mark(number, isinstance(content := contents[number], Citation) and not content.typed)
        if cited and child.tag == "sup" and (address := next(child.iter("a"), child).get("href", "")) in cited:
            yield placeholders.mark(cited[address], True)
        if child.tag not in NOT_IN_SENTENCES and child.get("class") != "footnote-backref":
            yield from own_text(child, contents, cited)
        if child.tail:
            yield decode_entities(child.tail)


def record_sentences(
    text: str,
    section: str,
    state: ConversionState,
    sourced: bool = False,
    heading: bool = False,
    exempt: bool = False,
    covered: bool = False,
) -> None:
    """Record all sentences of a text for lint, and those with placeholders for the pages that they link to."""
    language, names = state.context.language, state.context.vocabulary.numbered_names
    words = UNWRITTEN.sub(" ", text).split()
    state.words += len(words)
    sourced = sourced or state.context.record_cites
    for sentence in sentences_of(" ".join(words), language):
        if placeholders.MARK_START not in sentence:
            checkable = not heading and is_checkable(sentence, language, names)
            state.context.add_sentence(sentence, state.start, checkable, sourced, exempt, covered)
            continue
        numbers = placeholders.numbers_in(sentence)
        has_source = any(isinstance(state.placeholders[number], (Citation, NumberRef)) for number in numbers)
        plain = placeholders.replace_marks(sentence, lambda _: "").strip()
        checkable = not heading and is_checkable(plain, language, names)
        state.context.add_sentence(plain, state.start, checkable, sourced or has_source, exempt, covered)
        index = len(state.sentences)
        state.sentences.append(placeholders.without_citations(sentence))
        for number in numbers:
            state.places[number] = Place(index, section)
