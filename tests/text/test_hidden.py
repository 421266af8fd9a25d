"""Characters that nobody sees or that turn text: refused everywhere, but for what a language needs."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from briefing.model.kinds import KINDS
from briefing.problems import Problem
from briefing.text.hidden import IN_FIELDS, find_hidden, find_turning, refuse_hidden
from tests.fuzz.multiply import calls
from tests.payloads import Book
from tests.sites import Site, brief, codes, document

EVERY = list(
    map(chr, (*range(0x40000), *range(0xE0000, 0xE1000), *range(0x40000, sys.maxunicode, 0xFFF), sys.maxunicode))
)
"""All that has a meaning, and one in 4,095 of the planes in which nothing has one."""
SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Characters of the category Cf that are seen, and are part of a number or a word."""
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"
SELECTORS = [*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))]
NEWER = {*range(0x1F000, 0x1FB00), *range(0x20000, 0x3FFFE)}
"""Where a later Unicode has more pictures and ideographs."""


def is_unseen(character: str) -> bool:
    """Whether a character is of a category that is not seen. Each is refused between Latin letters."""
    category = unicodedata.category(character)
    if category == "Cn" and ord(character) in NEWER and ord(character) & 0xFFFE != 0xFFFE:
        return False
    return category in ("Cc", "Cf", "Zl", "Zp", "Cn", "Co", "Cs") and character not in "\t\n" + SEEN


def is_single(character: str) -> bool:
    """Whether a character is seen, and not a whole word in one."""
    letters = sum(map(str.isalpha, unicodedata.normalize("NFKC", character)))
    return letters < 2 and not is_unseen(character) and character not in FILLERS


def test_every_character_of_unicode_is_refused_or_seen() -> None:
    """Between Latin letters, exactly the unseen categories, the fillers and the selectors are refused."""
    text = "".join(f"a{character}b\n" for character in EVERY)
    refused = {character for _, character in find_hidden(text)}
    expected = {one for one in EVERY if is_unseen(one)} | {*FILLERS, *SELECTORS, "\U00016fe4", "\U0001d159"}
    assert [] == sorted(map(ascii, refused ^ expected))[:20]


@pytest.mark.parametrize(
    "words",
    [
        "می‌خواهم کتاب‌ها را بخوانم",  # Persian: not joined
        "PDF‌های رایگان و ۲۰‌ساله",
        "سنة ١٤٤٥ ه‍ فقط",  # the first form of a letter
        "क्‍ष और क्‌ष",  # Hindi
        "പറഞ്ഞാല്‍",  # Malayalam
        "ශ්‍රී ලංකාව",  # Sinhala
        "র‍্যাব",  # Bengali
        "ភាសា​ខ្មែរ",  # Khmer: where a line may end
        "ภาษา​ไทย",
        "ᠨᠢᠭᠡ ᠬᠠ᠋ ᠠ᠎ᠠ",  # Mongolian
        "葛󠄀城市",  # a form of an ideograph, as in names
        "👩‍🚒 👨‍👩‍👧 ❤️‍🔥 🏳️‍🌈 🏴‍☠️ 🙂‍↔️ 👁️‍🗨️ ☎︎ 1️⃣ #️⃣ ©️",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Cymru 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "مرحبا!‏ said the sheep",
        "لغة C++‎ سهلة",
        "‏שלום (2025)‎ ועוד",
        "⠓⠊⠀⠽⠕⠥",
        "Château — 20 000 € à « midi » ; Ŵy ŷ Llŷn, naïve, e\u0301, ﷺ, 100 000",
        "नमस्ते दुनिया, 你好，世界。 한국어 조선말 ᠮᠣᠩᠭᠣᠯ",
    ],
)
def test_what_languages_need_is_allowed(words: str) -> None:
    """Joiners, spaces without width, selectors and direction marks, where a writer of that language types them."""
    assert [] == list(find_hidden(words))
    made = document(brief(title=f'"{words}"', body=words + "\n"))
    assert "control-character" not in codes(made.problems)


@pytest.mark.parametrize(
    "words",
    [
        "Helpline\u202e 0808", "Helpline\u200f 0808", "Helpline\u061c 0808", "\u200e0808", "0808\u200f 800 1234", "0808 800\u200e 1234",
        "مح\u200eمد", "سمير\u200e محمد", "مركز \u200f\u200f0808", "مرك\u202eز", "م\u2067ر\u2069", "a\u200cb", "a\u200d", "क\u200c\u200cष",
        "क\u200d\u200cष", "©\u200d®", "👩\u200dx", "x\ufe0f", "1\ufe0f2", "0\ufe0f800", "x\ufe00", "葛\U000e0100\U000e0101", "ไท\u200b\u200bย",
        "a\u200bไ", "🏴\U000e0067\U000e0062\U000e007f", "\U000e0041bc", "🏴\U000e007f", "Paul\u00adine", "in\u2060to", "\ufeffx", "f\u2061(x)",
        "ab\u3164", "ㄱ\u1160", "\uffa0", "ab\u2800cd", "\ufff9a\ufffab\ufffb", "\ue000", "\U000f0000", "\ufdd0", "\U0001ffff", "a\u180eb",
        "\x85", "\x9b31m", "\u2028", "\u2029", "\x0b", "\x0c", "\x1b[31m", "\x08", "\u0378", "a\u034fb", "\U0001d173", "\U000e0001", "x\ufffc",
        "\U0001bca0", "\u206a", "\u206f",
    ],
)  # fmt: skip
def test_attacks_are_refused(words: str) -> None:
    """What turns a number or a word, or hides between its letters, also beside letters that need such characters."""
    assert [] != list(find_hidden(words))
    assert "control-character" in codes(document(brief(body=f"Said {words} here.\n")).problems)


HOSTILE = [
    "\u202e",
    "\u200f",
    "\u200b",
    "\xad",
    "\U000e0041",
    "\u3164",
    "\ue000",
    "\u2028",
    "\u200d",
    "\ufe0f",
    "\x81",
    "\x07",
]
KINDS_OF = {kind.home: kind.name for kind in KINDS} | {"site.yaml": "site"}


@pytest.mark.parametrize("ascii_only", [False, True], ids=["typed", "escaped"])
def test_no_place_of_any_file_takes_one(ascii_only: bool) -> None:
    """In every field of every kind and every way of Markdown, as typed, as an escape and as an entity: refused there."""
    book, missed = Book(), []
    for number, place in enumerate(book.places):
        character = HOSTILE[number % len(HOSTILE)]
        words = f"Words{character}here"
        if place.shape == "way":
            place.hostile = place.around.replace("¤", f"Words&#{ord(character)};here" if ascii_only else words)
        else:
            typed = json.dumps(words, ensure_ascii=False)
            typed = typed.replace(character, f"\\U{ord(character):08x}") if ascii_only else typed
            place.hostile = place.around.replace("{}", typed[1:-1]) if place.around else typed
        for other in book.places:
            other.refused = other is not place
        [(path, parts)] = [item for item in book.files.items() if place in item[1]]
        before = "".join(part if isinstance(part, str) else part.typed + "\n" for part in parts[: parts.index(place)])
        whole = "".join(part if isinstance(part, str) else part.typed + "\n" for part in parts)
        lines = range(before.count("\n") + 1, before.count("\n") + 2 + place.hostile.count("\n"))
        found = document(whole, KINDS_OF[path.split("/")[1]], path).problems
        codes_here = {one.code for one in found if one.line in lines or one.code in ("attribute", "id")}
        refused = codes_here & {"control-character", "attribute", "id"}
        if (place.around.startswith(SHOWN_AS_TYPED) and ascii_only) == bool(refused):
            missed.append((place.name, character, whole.split("\n")[lines[0] - 1]))
    assert [] == missed, missed


SHOWN_AS_TYPED = ("Code `¤` here", "    ¤", 'Words\n{: .no-source reason="¤" }', "```drawing")
"""Ways of Markdown in which an entity is shown as it is typed, or is not published."""


@pytest.mark.parametrize(
    "path",
    ["content/briefs/ho\u202eurs.md", "content/people/a\u200bb.yaml", "assets/ma\u202egp.png", "content/x\x1b.yaml"],
)
def test_no_file_name_has_one(tmp_path: Path, path: str) -> None:
    """The name of a file is refused as a text is."""
    site = Site(tmp_path)
    site.write(path, brief())
    [problem] = [one for one in site.check() if one.code == "control-character"]
    assert (problem.path, "U+" in problem.message) == (path, True)


def test_a_file_name_may_have_what_its_language_needs(tmp_path: Path) -> None:
    """A joiner between letters that join is no fault of a name."""
    site = Site(tmp_path)
    site.write("assets/می‌خواهم.svg", "<svg viewBox='0 0 4 3'></svg>")
    assert [] == [one for one in site.check() if one.code == "control-character"]


def test_all_else_of_a_file_is_checked_in_the_same_run() -> None:
    """One problem for each kind of character, at its first place, and all other mistakes of the file."""
    text = brief(title="Op\u202een", body="One \u200b two \u200b.\n\n# Three\n", oder="1")
    found = {(one.code, one.line) for one in document(text).problems}
    assert {("control-character", 2), ("control-character", 7), ("unknown-field", 5), ("heading-level", 9)} == found
    assert ["", "; 2 times in all"] == [
        one.message[len(one.message.removesuffix("; 2 times in all")) :]
        for one in document(text).problems
        if one.code == "control-character"
    ]


@pytest.mark.parametrize(
    "piece", ["\u202e", "a\u200cb", "م\u200c\u200cم", "\u200f ", "x\ufe0f", "Some words&shy;.\n", "🏴\U000e0067"]
)
def test_the_work_grows_as_the_text_does(piece: str) -> None:
    """Four times as many of them are four times the work, and there are few problems; `make fuzz` measures the time."""

    def work(size: int) -> int:
        found: list[Problem] = []
        text = brief(body=piece * (size // len(piece.encode())) + "\n")
        count = calls(lambda: found.extend(document(text).problems))
        assert 1 <= sum(one.level == "error" for one in found) <= 2
        return count

    work(1_000)  # which loads modules
    assert work(40_000) < 5 * work(10_000)


def test_a_text_with_an_entity_may_have_notes_and_code() -> None:
    """The marks for notes and code blocks while a text is converted are no characters of the writer."""
    text = brief(body="Tea &amp; cake.[^a] `x` [[help|a &amp; b]]\n\n    code\n\n[^a]: See *it* &lt;.\n")
    assert "control-character" not in codes(document(text).problems)


def test_what_is_read_instead_has_the_same_places() -> None:
    """The text keeps its length."""
    text, found = refuse_hidden("a\u202eb\u200bc\u202e")
    assert ("a\ufffdb\ufffdc\ufffd", [1, 3]) == (text, [one.at for one, _ in found])


RIGHT = [
    chr(one)
    for one in range(0x590, 0x11000)
    if unicodedata.bidirectional(chr(one)) in ("R", "AL") and is_single(chr(one))
]
"""Letters and other characters from the right, each of which is one and no word."""


@pytest.mark.parametrize("after", [" 0800 111 222", "10 – 20", " – 3/12", "(1990–2020)", "\n12 34"])
def test_a_single_character_does_not_turn_numbers(after: str) -> None:
    """Every character from the right, without a word of its language, is refused before numbers, and nowhere else."""
    for one in RIGHT:
        assert [5] == [found.at for found in find_turning(f"Call {one}{after} now.")], hex(ord(one))
        assert [] == [*find_turning(f"Call {after} {one}")], hex(ord(one))
        assert [] == [*find_turning(f"Call {one} now {after}")], hex(ord(one))
        assert [] == [*find_turning(f"Call \u05e9\u05dc {one}{after} now.")], hex(ord(one))


LOCATORS = ["{} 2", "{}. 2", "{}2", "{} ٢", "{} 2–4", "{}. 12، {} 14", "{} ١٠ – ٢٠"]


def test_no_letter_is_refused_in_a_locator() -> None:
    """A letter from the right is the usual short form of “page” in its language, also before a range."""
    letters = [one for one in RIGHT if one.isalnum()]
    for number, one in enumerate(letters):
        for locator in (LOCATORS[number % len(LOCATORS)].replace("{}", one), LOCATORS[0].replace("{}", one)):
            for text in (f"It is old [see @a-2025, {locator}; @b].", f"As @a [{locator}] says."):
                assert [] == [*find_turning(text)], (hex(ord(one)), text)
            assert [] == [*find_turning(f"- locator: {locator}", IN_FIELDS)], hex(ord(one))
        assert [] == [*find_turning(f"a-2025, {one} 2")]
    for letter in letters[:: len(letters) // 20]:
        assert [22] == [
            found.at for found in find_turning(f"So [@a, {letter} 2]. Call ... {letter} 10 – 20".replace("...", "ab"))
        ]


@pytest.mark.parametrize("around", ["The hall is old", "القاعة قديمة"])
@pytest.mark.parametrize("locator", LOCATORS)
def test_a_file_may_have_such_a_locator(around: str, locator: str) -> None:
    """In a text of either direction, and in the list of sources."""
    typed = locator.replace("{}", "ص")
    made = document(brief(body=f"{around} [@health-survey-2025, {typed}].\n\n{around}, @health [{typed}].\n"))
    assert "control-character" not in codes(made.problems)
    passage = f"{{id: nitrate, locator: {json.dumps(f'Annex of tables, {typed}', ensure_ascii=False)}}}"
    sources = f"- id: a\n  title: {around}\n  passages: [{passage}]\n"
    assert "control-character" not in codes(document(sources, "source", "content/sources.yaml").problems)


@pytest.mark.parametrize("place", ["body", "title"])
def test_the_word_locator_frees_nothing_in_a_text(place: str) -> None:
    """Only the field of that name holds a locator, not a text that says its name."""
    words = "The locator: ص 10 – 20 is old"
    made = document(brief(**{"body": "It is so.\n", place: f"{words}.\n" if place == "body" else f'"{words}"'}))
    assert "control-character" in codes(made.problems)


def test_numbers_in_arabic_digits_do_not_turn() -> None:
    """Among Latin letters, groups of them would be shown in the wrong order; one number is free."""
    for digits in ("٠٨٠٨ ٨٠٠", "١٠ – ٢٠", "١٠–٢٠", "١٠ (٢٠)", "١٠ 20"):
        assert [] != [*find_turning(f"Call {digits} now")]
        assert [] == [*find_turning(f"اتصل بالرقم {digits} الآن")]
    for digits in ("٠٨٠٨", "١٠:٣٠", "١٬٠٠٠", "١٠٫٥"):
        assert [] == [*find_turning(f"Call {digits} now")]


def test_texts_from_the_right_may_have_numbers_everywhere() -> None:
    """Single letters, ranges, lists and tables of pages in Arabic and Hebrew; fields too."""
    body = "\n".join(
        [
            "بدأت المكتبة في عام 2019 وأغلقت 10 و 20 مرة، ٥ – ٧ سنوات.", "", "| من | إلى |", "|---|---|", "| ا | 10 – 20 |", "| و | 0808 800 1234 |", "",
            "1. أ 10 – 20", "2. ب (30)", "", "סעיף א 10–20, ד״ר כהן, כ״א 3/12.", "", "אתר: https://library.example/hours?page=12 (9:00–17:00).",
        ]
    )  # fmt: skip
    made = document(brief(title="مواعيد ا 10 – 20", body=body + "\n"))
    assert "control-character" not in codes(made.problems)
    support = "- {id: a, name: خط المساعدة, who_for: للجميع, number: 0808 800 1234, hours: من 9 – 17، ا 10 – 20, cost: مجاني, checked: not-yet}\n"
    assert "control-character" not in codes(document(support, "support", "content/support.yaml").problems)
