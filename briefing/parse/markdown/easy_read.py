"""The rows of a text in Easy Read: each paragraph is one idea with a symbol, in short sentences of usual words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from briefing.model.symbols import PREFIX, SYMBOLS
from briefing.model.text import Word
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding
from briefing.suggestions import Names
from briefing.text.sentences import sentences_of

_SYMBOL = re.compile(r":([\w-]+):\s*")
_NAME = re.compile(r"\[\[[^\[\]|]*\]\]")
"""A figure, or a link that shows the name of what it leads to."""
_LINK = re.compile(r"\[\[[^\[\]|]*\|([^\[\]]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|\{[^{}]*\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BETWEEN = rf"(?:{_NAME.pattern}|\[\[[^\[\]|]*\||\]\([^()]*\)|{_CITED.pattern}|[\W\d_])+?"
"""What can be between two words of a sentence: marks, digits, and what readers do not see as words."""
MOST_WORDS = 12
"""Words of a sentence."""
_LONG = 13
"""Letters of a word that has to be explained."""
_NAMES = Names(SYMBOLS)


def starts_row(text: str, at: int) -> bool:
    """Whether the name of a symbol is at a place in a text, at the start of a line."""
    return bool(_SYMBOL.match(text, at)) and (at == 0 or text[at - 1] == "\n")


def read_rows(root: Element, state: ConversionState) -> None:
    """Put its symbol into each paragraph of a text; report what is no row, long sentences and hard words."""
    explained = {word.casefold() for bold in _BOLD.findall(state.text) for word in _WORD.findall(bold)}
    for child in root:
        if child.tag == "p":
            _read_row(child, state, explained)
        elif child.tag not in ("h2", "h3"):
            words = _WORD.findall(" ".join(child.itertext()))
            message = "Easy Read has rows with one idea each, and no lists, tables or quotations"
            hint = "write each idea as a paragraph that begins with a symbol, such as :people:"
            state.context.add_problem(Finding("easy-read", message, hint), *_place(words, state))


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
        mark.tail, row.text = text, ""
        row.insert(0, mark)
    for finding, words in _find_hard(text, state, explained):
        state.context.add_problem(finding, *_place(words, state))


def _find_hard(text: str, state: ConversionState, explained: set[str]) -> Iterator[tuple[Finding, list[str]]]:
    """Yield what is hard to read in a row, with the words in question as they are typed."""
    plain = _CITED.sub("", _LINK.sub(lambda link: link[1] or link[2] or "", _NAME.sub("0", text))).replace("**", "")
    for sentence in sentences_of(" ".join(plain.split()), state.context.language):
        words = _WORD.findall(sentence)
        if len(words) > MOST_WORDS:
            message = f"this sentence has {len(words)} words, and Easy Read has at most {MOST_WORDS}"
            yield Finding("easy-read", message, "make two sentences of it, in two rows if they are two ideas"), words
        for word in words:
            if len(word) >= _LONG and word.casefold() not in explained:
                hint = f"write a usual word, or explain it once in bold: **{word}** means …"
                yield Finding("easy-read", f"“{word}” is a hard word, and nothing explains it", hint), [word]


def _place(words: list[str], state: ConversionState) -> tuple[int, int]:
    """Return the offsets in the file of the next place where these words follow each other."""
    typed = _BETWEEN.join(map(re.escape, words[:MOST_WORDS]))
    return state.find_between(r"(?<![^\W\d_])", typed, r"(?![^\W\d_])") if words else state.find("")


def _start(text: str) -> str:
    return text.strip().split("\n")[0][:40]
