"""Names that nobody has, and the ways in which a text may hold one so that a reader still reads it.

A way to write a name is an order of its words, then a change of its letters. All are made by strategies; what a reader
reads is said once for each rule, not for each name.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from hypothesis import strategies as st

from briefing.check.common_words import ordinary_words

_SYLLABLES = [a + b for a in "bdfgkmprtvz" for b in "aeiou"]
_ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327"
_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u034f\u180e\u2063\ufe0f"
"""Characters that are not seen: a soft hyphen, spaces without width, joiners, variation selectors."""
_LOOKALIKES = {
    "a": "\u0430\u0251\u1d00", "e": "\u0435\u212f\u1d07", "i": "\u0456\u03b9\u0131", "o": "\u043e\u03bf\u1d0f\u0585",
    "p": "\u0440\u03c1", "k": "\u043a\u1d0b", "m": "\u1d0d", "t": "\u1d1b", "v": "\u03bd\u1d20", "z": "\u1d22", "b": "\u0253",
    "d": "\u1d05", "g": "\u0261", "f": "\u0192", "u": "\u1d1c", "r": "\u0280", "B": "\u0412", "M": "\u041c", "P": "\u0420",
    "T": "\u0422", "K": "\u039a", "Z": "\u0396", "A": "\u0410", "E": "\u0415", "O": "\u041e", "I": "\u0406",
}  # fmt: skip
"""Letters of other scripts, and small capitals, that pass for Latin ones."""
_ALPHABETS = (0x1D400, 0x1D434, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670)
"""Where the alphabets for formulas begin that have every letter: capitals, then small ones."""
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
PARTICLES = ("van", "de", "al", "el", "della", "bin")


@dataclass(frozen=True)
class Name:
    """A name as it is put on the list, and its parts."""

    first: str
    last: str
    particle: str = ""
    second: str = ""
    """The other part of a double surname."""

    @property
    def full(self) -> str:
        """Return the name as somebody types it for the list."""
        return " ".join(
            filter(None, (self.first, self.particle, self.last + (f"-{self.second}" if self.second else "")))
        )


def words(accented: bool = True) -> st.SearchStrategy[str]:
    """Return words of two or three syllables that are no common words, with accents or without."""
    plain = st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=3).map("".join).map(str.title)
    rare = plain.filter(lambda word: word.casefold() not in ordinary_words())
    return rare.flatmap(lambda word: st.sampled_from([word, *_accented(word)])) if accented else rare


def _accented(word: str) -> list[str]:
    return [word.replace(plain, other) for plain, other in zip("aouei", "äöüéí", strict=True) if plain in word]


def names() -> st.SearchStrategy[Name]:
    """Return names: most of two words, some with a particle, some with a double surname."""
    plain = st.builds(Name, words(), words())
    particle = st.builds(Name, words(), words(), st.sampled_from(PARTICLES))
    double = st.builds(Name, words(), words(), st.just(""), words())
    return st.one_of(plain, plain, particle, double).filter(lambda name: name.first.casefold() != name.last.casefold())


Shape = Callable[[Name, str], str]
"""Writes a name, with a word that may be between its parts."""
SHAPES: dict[str, Shape] = {
    "in order": lambda name, _: f"{name.first} {name.last}",
    "turned round": lambda name, _: f"{name.last}, {name.first}",
    "turned round without a comma": lambda name, _: f"{name.last} {name.first}",
    "as listed": lambda name, _: name.full,
    "a middle name": lambda name, other: f"{name.first} {other} {name.last}",
    "two middle names": lambda name, other: f"{name.first} {other} {other[::-1].title()} {name.last}",
    "a middle initial": lambda name, other: f"{name.first} {other[0]}. {name.last}",
    "an initial": lambda name, _: f"{name.first[0]}. {name.last}",
    "two initials": lambda name, other: f"{name.first[0]}. {other[0]}. {name.last}",
    "a year between": lambda name, other: f"{name.first} (1987) {name.last}",
    "words in brackets": lambda name, other: f"{name.first} (who was {other} then and there) {name.last}",
    "brackets without spaces": lambda name, other: f"{name.first}[{other}] {name.last}",
    "of somebody": lambda name, _: f"{name.first} {name.last}’s",
    "a family": lambda name, _: f"{name.first} {name.last}s",
    "a hyphen": lambda name, _: f"{name.first}-{name.last}",
    "a full stop": lambda name, _: f"{name.first}.{name.last}",
    "a line break": lambda name, _: f"{name.first}\n{name.last}",
    "a wide space": lambda name, _: f"{name.first}\u3000{name.last}",
    "joined": lambda name, _: f"{name.first}{name.last}",
    "joined and turned": lambda name, _: f"{name.last}{name.first}",
    "a tag": lambda name, _: f"#{name.first}{name.last}",
    "a mailbox": lambda name, _: f"{name.first}.{name.last}@host.example",
    "an initial in a mailbox": lambda name, _: f"{name.first[0]}{name.last}@host.example",
}  # fmt: skip
"""Orders of the words of a name. Every one is found whatever the letters are."""


def _each(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "".join(map(change, text))


def _styled(start: int) -> Callable[[str], str]:
    def change(letter: str) -> str:
        if "A" <= letter <= "Z":
            return chr(start + ord(letter) - ord("A"))
        return chr(start + 26 + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter

    return _each(change)


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if letter.isascii() and letter.isalpha() else letter


def _circled(letter: str) -> str:
    if not (letter.isascii() and letter.isalpha()):
        return letter
    return chr(0x24B6 + ord(letter) - 65) if letter.isupper() else chr(0x24D0 + ord(letter) - 97)


def without_accents(text: str) -> str:
    """Return a text as somebody types it who has no accents on the keyboard."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _umlauts(text: str) -> str:
    for letter, other in _UMLAUTS.items():
        text = text.replace(letter, other).replace(letter.upper(), other.title())
    return text


def _between(text: str, signs: str) -> str:
    """Put characters between the letters of the words."""
    found = iter(signs * len(text))
    return re.sub(r"(?<=\w)(?=\w)", lambda _: next(found), text)


def _marked(text: str, signs: str) -> str:
    found = iter(signs * len(text))
    return "".join(letter + (next(found) if letter.isalpha() else "") for letter in text)


Change = Callable[[str], str]
CHANGES: dict[str, st.SearchStrategy[Change]] = {
    "as it is": st.just(str),
    "capitals": st.just(str.upper),
    "small letters": st.just(str.lower),
    "accents dropped": st.just(without_accents),
    "accents apart": st.just(lambda text: unicodedata.normalize("NFD", text)),
    "umlauts in two letters": st.just(_umlauts),
    "accents added": st.text(_ACCENTS, min_size=1, max_size=3).map(lambda signs: lambda text: _marked(text, signs)),
    "characters not seen": st.text(_HIDDEN, min_size=1, max_size=3).map(lambda characters: lambda text: _between(text, characters)),
    "look-alikes": st.randoms(use_true_random=False).map(
        lambda source: _each(lambda letter: source.choice(letter + _LOOKALIKES.get(letter, "")))
    ),
    "letters of formulas": st.sampled_from(_ALPHABETS).map(_styled),
    "full width": st.just(_each(_wide)),
    "in circles": st.just(_each(_circled)),
    "a mark within words": st.builds(lambda mark, place: lambda text: _parted(text, mark, place), st.sampled_from("*·•~^+|!#$€@“"), st.integers(0, 9)),
    "a dot after each letter": st.sampled_from("._/·-").map(lambda mark: lambda text: _dotted(text, mark)),
    "zeros": st.sampled_from("0٠०０").map(lambda zero: lambda text: re.sub(r"(?<=[a-z])o(?=[a-z])", zero, text, count=1)),
}  # fmt: skip
"""Changes of the letters, after which a reader reads the same."""


SPACED = (
    "in order",
    "turned round",
    "as listed",
    "a middle name",
    "an initial",
    "of somebody",
    "a year between",
    "a wide space",
)
"""Orders in which nothing but spaces is between words."""


def written(change: str) -> st.SearchStrategy[tuple[Name, str, str]]:
    """Return names, each with the order and with the whole of one way to write it."""

    def write(name: Name, shape: str, other: str, alter: Change) -> tuple[Name, str, str]:
        return name, shape, alter(SHAPES[shape](name, other))

    shapes = SPACED if change in ("a dot after each letter", "a mark within words") else sorted(SHAPES)
    return st.builds(write, names(), st.sampled_from(shapes), words(accented=False), CHANGES[change])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(kind: bytes, data: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", b"\0" * 13) + _chunk(kind, data) + _chunk(b"IEND", b"")


def _parted(text: str, mark: str, place: int) -> str:
    """Put a mark between two letters of each word."""
    return re.sub(r"[^\W\d_]{2,}", lambda word: f"{word[0][: 1 + place % (len(word[0]) - 1)]}{mark}{word[0][1 + place % (len(word[0]) - 1) :]}", text)  # fmt: skip


def _dotted(text: str, mark: str) -> str:
    """Put a mark after each letter of the first word of three letters or more."""
    return re.sub(r"[^\W\d_]{3,}", lambda word: mark.join(word[0]), text, count=1)


def _data(text: str) -> str:
    return base64.b64encode(f"<svg><title>{text}</title></svg>".encode()).decode()


def _rich(text: str) -> str:
    """Write a text as rich text: letters beyond ASCII as numbers, and every third one in bold."""
    units = (unit for (unit,) in struct.iter_unpack("<H", text.encode("utf-16-le", "surrogatepass")))
    signs = [chr(unit) if unit < 128 and chr(unit).isalnum() else f"\\u{unit}?" for unit in units]
    return "".join(f"{{\\b {sign}}}" if place % 3 == 0 else sign for place, sign in enumerate(signs))


HOLDERS: dict[str, Callable[[str], tuple[str, str | bytes]]] = {
    "a sentence": lambda text: ("a/index.html", f"<p>At nine, says {escape(text)} of the library.</p>"),
    "entities": lambda text: ("a/index.html", f"<p>At nine {''.join(f'&#{ord(sign)};' for sign in text)} came.</p>"),
    "an element within": lambda text: ("a/index.html", f"<p>At {escape(text[0])}<em>{escape(text[1:])}</em> came.</p>"),
    "an attribute": lambda text: ("a/index.html", f'<p><img alt="At nine {escape(text)}"></p>'),
    "an address": lambda text: ("a/index.html", f'<a href="https://x.example/{quote(text)}/">x</a>'),
    "an address encoded twice": lambda text: ("a/index.html", f'<a href="https://x.example/?q={quote(quote(text))}">x</a>'),
    "a data address": lambda text: ("a/index.html", f'<img src="data:image/svg+xml;base64,{_data(text)}">'),
    "metadata": lambda text: ("a/index.html", f'<script type="application/ld+json">{json.dumps({"name": text})}</script>'),
    "a Markdown copy": lambda text: ("a/index.md", f"At nine, says **{text}** of the library."),
    "data": lambda text: ("data/a.json", json.dumps([{"title": text}])),
    "data as it is": lambda text: ("data/a.json", json.dumps([{"title": text}], ensure_ascii=False)),
    "a table": lambda text: ("data/a.csv", f'id,title\r\n1,"At nine, {text}"\r\n'),
    "a calendar": lambda text: ("a.ics", re.sub("(.{9})", "\\1\r\n ", f"SUMMARY:At nine {text}", flags=re.DOTALL)),
    "a feed": lambda text: ("feed.xml", f"<feed><content type='html'>{escape(escape(f'<p>{text}</p>'))}</content></feed>"),
    "a drawing": lambda text: ("assets/a.svg", f"<svg><title>{escape(text)}</title></svg>"),
    "a style sheet": lambda text: ("assets/a.css", f'.a::after {{content: "{text}"}}'),
    "a script": lambda text: ("assets/a.js", f"const a = {json.dumps(text)};"),
    "a picture": lambda text: ("assets/a.png", _png(b"iTXt", b"Title\0\0\0\0\0" + text.encode())),
    "a picture, compressed": lambda text: ("assets/a.png", _png(b"iTXt", b"Title\0\1\0\0\0" + zlib.compress(text.encode()))),
    "the name of a file": lambda text: (f"assets/{text}.png", b"x"),
    "a text": lambda text: ("llms.txt", f"- {text}\n"),
    "a text with four bytes a character": lambda text: ("files/a.txt", text.encode("utf-32")),
    "rich text": lambda text: ("files/a.rtf", f"{{\\rtf1\\ansi {{\\b At nine}} {_rich(text)}\\par}}"),
}  # fmt: skip
"""Files that hold a text, as path and content."""
