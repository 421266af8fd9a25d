"""The rows of a text in Easy Read: each paragraph is one idea with a symbol, in short sentences of usual words."""

from __future__ import annotations

import re
from itertools import islice
from xml.etree.ElementTree import Element

from briefing.locale import Explaining, explaining
from briefing.model.symbols import PREFIX, SYMBOLS
from briefing.model.text import Word
from briefing.parse.context import FileContext
from briefing.parse.markdown.state import ConversionState
from briefing.parse.yaml_tree import Fields
from briefing.problems import Finding
from briefing.suggestions import Names
from briefing.text.sentences import sentences_of

_SYMBOL = re.compile(r":([\w-]+):\s*")
_LATER_SYMBOL = re.compile(r"\n[ \t]*(:[\w-]+:)")
_NAME = re.compile(r"\[\[[^\[\]|]*\]\]")
"""A figure, or a link that shows the name of what it leads to."""
_LINK = re.compile(r"\[\[[^\[\]|]*\|([^\[\]]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|\{[^{}]*\}")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1", re.DOTALL)
_MARK = r"\*\*|__"
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BETWEEN = rf"(?:{_NAME.pattern}|\[\[[^\[\]|]*\||\]\([^()]*\)|{_CITED.pattern}|[\W\d_])+?"
"""What can be between two words of a sentence: marks, digits, and what readers do not see as words."""
MOST_WORDS = 12
"""Words of a sentence."""
_LONG = 13
"""Letters of a word that has to be explained."""
_ASKS = ("?", "؟", "？", ";")
"""The ends of a question; in Greek it is a semicolon."""
_FIELDS = ("title", "summary", "not_known")
"""Fields with words that an Easy Read page shows."""
_UNSHOWN = ("in_brief", "disputed")
"""Fields that it has no place for."""
_MARKS = (":", "=", "–", "—", "(")
"""What may be between a word and what it means."""
_FEW = 3
"""Words that may be before a word which a sentence explains."""
_MOST_IN_ROW = 20
"""Sentences and bold words of a row that are compared. A row with more is reported anyhow."""
_NAMES = Names(SYMBOLS)
_JOINED = re.compile(r"^(?:[^\W\d_]{1,2}[’']|[وفبك]?ال|[وف]?لل)")
_PLURAL = re.compile(r"(?:[’']s?|e?s|x)$")
_SHORTER = "say it in fewer words"
"""What to do with a long title, summary or heading, which is no row."""


def starts_row(text: str, at: int) -> bool:
    """Whether the name of a symbol is at a place in a text, at the start of a line."""
    return bool(_SYMBOL.match(text, at)) and (at == 0 or text[at - 1] == "\n")


def read_rows(root: Element, state: ConversionState) -> None:
    """Put its symbol into each paragraph of a text; report what is no row, and what is hard to read in it."""
    explained = _explained(state.text, state.context.language)
    for child in root:
        if child.tag == "p":
            _read_row(child, state, explained)
        elif child.tag in ("h2", "h3"):
            _report(child.text or "", state, explained, _SHORTER)
        else:
            words = _WORD.findall(" ".join(child.itertext()))
            message = "Easy Read has rows with one idea each, and no lists, tables or quotations"
            hint = "write each idea as a paragraph that begins with a symbol, such as :people:"
            state.context.add_problem(Finding("easy-read", message, hint), *_place(words, state))
    for phrase in dict.fromkeys(_bold_in(state.text)):
        if not explained.issuperset(_words_of(phrase)):
            message = f"“{phrase}” is bold, as hard words are, and no row explains it"
            hint = f"explain it in the next row: **{phrase}** means …; or write it without the marks of bold"
            place = state.find_between(_MARK, _BETWEEN.join(map(re.escape, phrase.split())), _MARK)
            state.context.add_problem(Finding("easy-read", message, hint), *place)


def read_fields(fields: Fields, text: str, context: FileContext) -> None:
    """Report what is hard to read in the fields that a page in Easy Read shows, and fields that it does not show."""
    explained = _explained(text, context.language)
    for scalar in filter(None, map(fields.scalar, _FIELDS)):
        state = ConversionState(scalar.text, scalar.start, scalar.end, context)
        _report(scalar.text, state, explained, _SHORTER)
    for key in filter(None, map(fields.key, _UNSHOWN)):
        message = f"Easy Read does not show “{key.text}”"
        finding = Finding("easy-read", message, "write what it says as rows of the text")
        context.add_problem(finding, key.start, key.end)


def _read_row(row: Element, state: ConversionState, explained: set[str]) -> None:
    text = row.text or ""
    found = _SYMBOL.match(text.lstrip())
    if found is None:
        hint = f"begin the paragraph with one: {', '.join(f':{name}:' for name in SYMBOLS)}"
        state.add_problem(Finding("easy-read", "this row has no symbol", hint), _start(text))
    elif found[1] not in SYMBOLS:
        [close] = state.context.suggestions.nearest(found[1], _NAMES, 1) or [""]
        hint = f"did you mean :{close}:?" if close else f"use one of {', '.join(SYMBOLS)}"
        state.add_problem(Finding("easy-read", f"there is no symbol “{found[1]}”", hint), f":{found[1]}:")
    else:
        text = text.lstrip()[found.end() :]
        mark = state.placeholder(Word(PREFIX + found[1]))
        is_empty = not _plain(text)
        mark.tail, row.text = "" if is_empty else text, ""
        row.insert(0, mark)
        if is_empty:
            hint = "write a sentence after it, or delete the row"
            state.add_problem(Finding("easy-read", "this row has a symbol and no words", hint), f":{found[1]}:")
    if later := _LATER_SYMBOL.search(text):
        hint = "put an empty line before it"
        state.add_problem(Finding("easy-read", "a row begins within another one", hint), later[1])
    else:
        _report_ideas(text, state)
    _report(text, state, explained, "make two sentences of it, in two rows")


def _report_ideas(text: str, state: ConversionState) -> None:
    """Report the first sentence that is another idea: it neither answers the first one nor explains a bold word."""
    language = state.context.language
    first, *others = [*sentences_of(_plain(text), language)] or [""]
    phrases, known = _bold_in(text)[:_MOST_IN_ROW], explaining(language)
    for number, sentence in enumerate(others):
        is_answer = number == 0 and first.endswith(_ASKS)
        if not is_answer and not any(_explains(sentence, phrase, known) for phrase in phrases):
            message = "this row has several sentences, and Easy Read has one idea a row"
            hint = "begin another row here, with a symbol of its own; only an answer stays with its question"
            state.context.add_problem(Finding("easy-read", message, hint), *_place(_WORD.findall(sentence), state))
            break


def _report(text: str, state: ConversionState, explained: set[str], remedy: str) -> None:
    """Report long sentences, with what to do, and hard words, at the words as they are typed."""
    for sentence in sentences_of(_plain(text), state.context.language):
        words = _WORD.findall(sentence)
        if len(words) > MOST_WORDS:
            message = f"this sentence has {len(words)} words, and Easy Read has at most {MOST_WORDS}"
            state.context.add_problem(Finding("easy-read", message, remedy), *_place(words, state))
        for word in words:
            if len(word) >= _LONG and explained.isdisjoint(_forms(word)):
                message = f"“{word}” is a hard word, and nothing explains it"
                hint = f"write a usual word, or explain it once in bold: **{word}** means …"
                state.context.add_problem(Finding("easy-read", message, hint), *_place([word], state))


def _explained(text: str, language: str) -> set[str]:
    """Return the words that a text explains, in bold."""
    known, found = explaining(language), set[str]()
    for row in re.split(r"\n\s*\n", text):
        row = _SYMBOL.sub("", row, 1)
        sentences = [*islice(sentences_of(_plain(row), language), _MOST_IN_ROW)]
        for phrase in _bold_in(row)[:_MOST_IN_ROW]:
            if any(_explains(sentence, phrase, known) for sentence in sentences):
                found.update(form for word in _words_of(phrase) for form in _forms(word))
    return found


def _forms(word: str) -> set[str]:
    """Return a word in small letters, with and without what joins it in some languages, and without an ending.

    That is a short word before an apostrophe (l’, d’), the Arabic article, also behind a preposition, and
    -s, -es, -x or -’s.
    """
    bare = _JOINED.sub("", word.casefold())
    return {word.casefold(), bare, _PLURAL.sub("", bare)}


def _bold_in(text: str) -> list[str]:
    return [_plain(bold[2]).strip(" :=–—") for bold in _BOLD.finditer(text)]


def _explains(sentence: str, phrase: str, known: Explaining | None) -> bool:
    """Whether a sentence says what a phrase means: “An audit means …”, “An audit is …”, “This is called an audit”.

    In a language whose words for this are not known, every sentence with the phrase does.
    """
    found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", sentence)
    if not found or not known:
        return bool(found)
    before, after = sentence[: found.start()].casefold(), sentence[found.end() :].casefold()
    return bool(
        known.called.search(before)
        or after.lstrip().startswith(_MARKS)
        or (len(before.split()) <= _FEW and (known.means.search(after) or known.equals.match(after)))
    )


def _words_of(phrase: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(phrase)]


def _plain(text: str) -> str:
    """Return what readers see of a text as it is typed, in one line, without marks of emphasis."""
    text = _CITED.sub("", _LINK.sub(lambda link: link[1] or link[2] or "", _NAME.sub("0", text)))
    return " ".join(re.sub(r"[*_]{2,}", "", text).split())


def _place(words: list[str], state: ConversionState) -> tuple[int, int]:
    """Return the offsets in the file of the next place where these words follow each other."""
    typed = _BETWEEN.join(map(re.escape, words[:MOST_WORDS]))
    return state.find_between(r"(?<![^\W\d_])", typed, r"(?![^\W\d_])") if words else state.find("")


def _start(text: str) -> str:
    return text.strip().split("\n")[0][:40]
