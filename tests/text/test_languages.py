"""Each language has its own abbreviations, quotation marks and telling words; a text is split and judged by them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.locale import text_rules
from briefing.text.sentences import is_checkable, sentences_of

LANGUAGES = ("en", "cy", "fr", "de", "ar")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The council of the U.S. Virgin Islands agreed on it.", "They met on 5 Jan. 2026 at St. Anne’s."]),
        ("en", ["It opens at 9 a.m. Monday to Friday.", "In 2024 the U.S. Senate voted."]),
        ("en", ["She lives in the U.S. since 1990 but not in Washington, D.C.", "They do too, at 5 p.m.", "The rest do not."]),
        ("en", ["See e.g. The Gazette, No. 5, vol. II.", "They said no.", "Nobody did."]),
        ("en", ["Mr. J. R. Reed v. Park Ltd. Company was first.", "It was Plan B.", "The plan failed."]),
        ("en", ['He said "It is shut." and left.', 'Then "it opened."', '"We stayed."']),
        ("fr", ["M. Dupont a vu Mme. Petit, cf. p. 12 et art. 5.", "Il est parti."]),
        ("fr", ["Est-ce ouvert ?", "« Oui. »", "« Non ! »", "Elle est restée."]),
        ("de", ["Am 3. März kam Dr. Beck z. B. mit Nr. 5.", "Der Rat tagte bis ca. 17 Uhr.", "„Es ist zu.“", "Wir blieben."]),
        ("de", ["Das gilt d. h. Immer im 19. Jahrhundert usw.", "Die Regel blieb."]),
        ("cy", ["Mae Dr. Rhys a’r Parch. Jones yno, e.e. Nadolig, rh. 5.", "Roedd y Cyng. Huws hefyd."]),
        ("ar", ["هل المكتبة مفتوحة؟", "نعم، قال د. أحمد ذلك.", "ثم أغلقت."]),
        ("ur", ["کتب خانہ کھلا ہے۔", "وہ بند نہیں ہے۔"]),
        ("hi", ["पुस्तकालय खुला है।", "वह बंद नहीं है।"]),
        ("es", ["¿Está abierta?", "¡Sí!"]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(language: str, sentences: list[str]) -> None:
    """An abbreviation, an initial or an ordinal number of the language ends no sentence, unless one clearly begins after it."""
    assert sentences == list(sentences_of(" ".join(sentences), language))


def test_chinese_and_japanese_need_no_space() -> None:
    """The full stop of these scripts ends a sentence by itself."""
    assert ["図書館は開いた。", "「閉まった。」", "終わり"] == list(
        sentences_of("図書館は開いた。「閉まった。」終わり", "ja")
    )


@pytest.mark.parametrize(
    ("language", "checkable", "not_checkable"),
    [
        ("en", "The mayor said so.", "The library is open."),
        ("fr", "Le maire a déclaré cela.", "La bibliothèque est ouverte."),
        ("de", "Die Stadt teilte mit, es sei zu.", "Die Bibliothek ist offen."),
        ("cy", "Dywedodd y maer hynny.", "Mae’r llyfrgell ar agor."),
        ("ar", "وقال العمدة ذلك.", "المكتبة مفتوحة."),
    ],
)
def test_what_somebody_said_needs_a_source_in_every_language(language: str, checkable: str, not_checkable: str) -> None:
    """The telling words are those of the language of the text."""
    assert is_checkable(checkable, language)
    assert not is_checkable(not_checkable, language)


NAMES = {
    "en": (
        "Room 4 is shut.",
        "Take Bus 7 to Hall 2.",
        "Rooms 4, 5 and 6 are shut.",
        "Gates 4–6b are shut.",
        "Covid-19 came.",
        "See No. 9, Chapter 7 and pp. 3–5.",
        "Section 4 and Figure 2b are old.",
    ),
    "de": (
        "§ 4 gilt.",
        "Siehe S. 12 und Kapitel 7.",
        "Der Bus 7 hält hier.",
        "Raum 4 ist zu.",
        "Die Räume 4 und 5 sind zu.",
        "Gehen Sie zu Tor 12.",
    ),
    "fr": (
        "Voir le n° 9 et la page 12.",
        "Chapitre 7.",
        "Le bus 7 s’arrête ici.",
        "Salle 4.",
        "La porte 12 est ouverte.",
        "Les salles 4 et 5 sont fermées.",
    ),
    "cy": ("Gweler Pennod 7 a t. 12.", "Mae Bws 7 yn aros yma.", "Mae’r cyfarfod yn Ystafell 4.", "Ewch i Gât 12."),
    "ar": ("انظر الفصل 7.", "انظر ص. 12.", "الاجتماع في القاعة 4.", "القاعة 4 في الطابق 2.", "والبوابة ٧."),
}
"""Sentences whose numbers are parts of names."""
AMOUNTS = {
    "en": (
        "In the hall 40 people waited.",
        "Bus 7 takes 40 minutes.",
        "Room 4 m wide",
        "Gate 12:30",
        "Room 1204",
        "Hall 40 %",
        "No. 40 people came.",
        "Chapter 7 has 40 % of it.",
        "Part 1990",
    ),
    "de": ("Im Bus 7 Personen.", "Im Raum 12 m² groß", "Die Halle 2019 gebaut.", "Im Saal 4,5"),
    "fr": ("Dans la salle 40 personnes attendaient.", "Il y a 12 bus."),
    "cy": ("Neuadd 40 o bobl", "Yn 2019"),
    "ar": ("في القاعة 40 شخصا.", "حضر 40 شخصا."),
}
"""Sentences with an amount."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_of_a_name_is_no_figure(language: str) -> None:
    """A name is known by its first word, in the language of the text; what is counted and measured stays a figure."""
    assert [] == [words for words in NAMES[language] if is_checkable(words, language)]
    assert [] == [words for words in AMOUNTS[language] if not is_checkable(words, language)]


@pytest.mark.parametrize("language", [*LANGUAGES, "hi"])
def test_a_telephone_number_is_no_figure(language: str) -> None:
    """It begins with 0 or +. Other groups of digits are figures: dates, rates, and amounts in groups of three."""
    for number in ("0800 111 222", "+44 20 7946 0000", "(020) 7946-0000", "01 23 45 67 89", "0800111222", "24/7"):
        assert not is_checkable(f"({number}).", language), number
    for number in ("01-02-2026", "1 200 000 000", "0.5", "24/70", "2024/25", "0800", "+40", "007"):
        assert is_checkable(f"({number}).", language), number


@given(st.sampled_from([*LANGUAGES, "hi"]), st.integers(1, 9999), st.sampled_from([" ", "", "-", "\u00a0"]))
def test_a_site_adds_words_of_names(language: str, number: int, between: str) -> None:
    """In every language; another number in the sentence is still a figure."""
    for word in ("Atelier", "M", "स्टूडियो"):
        name = f"{word}{between}{number}"
        assert not is_checkable(f"Words {name}, words.", language, ("Atelier", "M", "स्टूडियो"))
        assert is_checkable(f"Words {name}, 12 words.", language, ("Atelier", "M", "स्टूडियो"))
        assert is_checkable(f"Words {name}.", language)


@pytest.mark.parametrize("marks", ["“”", "„“", "„”", "«»", "»«", '""', "‹›", "「」", "« »"])
def test_a_quotation_is_one_in_any_marks(marks: str) -> None:
    """A long quotation needs a source, whichever marks it has; a short one, as of a word, does not."""
    first, last = (marks[0], marks[-1]) if len(marks) == 2 else ("« ", " »")
    assert is_checkable(f"It was {first}a very sad day for the town{last}.", "en")
    assert not is_checkable(f"It was {first}sad{last}.", "en")


@pytest.mark.parametrize(
    "words", ['A board of x" was wide.', "The readers' and the writers' books.", "Rock 'n' roll isn't read."]
)
def test_an_apostrophe_is_no_quotation(words: str) -> None:
    """Apostrophes and inches do not open a quotation."""
    assert not is_checkable(words, "en")


ABBREVIATIONS = [
    (one, word) for one in LANGUAGES for word in sorted(text_rules(one).titles | text_rules(one).shortened)
]


@given(
    st.lists(st.sampled_from(ABBREVIATIONS), min_size=1, max_size=4),
    st.sampled_from(["Reed", "Zürich", "أحمد", "Łódź"]),
)
def test_no_abbreviation_ends_a_sentence_before_a_name(used: list[tuple[str, str]], name: str) -> None:
    """Whatever the abbreviations of a language, a name after one belongs to the same sentence."""
    for language, word in used:
        text = f"It was {word}. {name}."
        assert [text] == list(sentences_of(text, language)), word


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "B",
                "5",
                ".",
                "!",
                "?",
                "…",
                "؟",
                "۔",
                "।",
                "“",
                "”",
                "«",
                "»",
                '"',
                "'",
                "U.S.",
                "Mr.",
                "z.B.",
                "。",
                "「",
                "」",
                "(",
                ")",
            ]
        ),
        max_size=15,
    ),
    st.sampled_from(LANGUAGES),
)
def test_no_word_is_lost_and_none_twice(words: list[str], language: str) -> None:
    """The sentences of a text are the text, in its order."""
    text = " ".join(words)
    found = list(sentences_of(text, language))
    assert text.replace(" ", "") == "".join(found).replace(" ", "")
    assert all(before != "" != after for before, after in pairwise(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_language_are_in_small_letters(language: str) -> None:
    """They are compared with small letters, so that another form would never be found."""
    rules = text_rules(language)
    for word in (*rules.titles, *rules.numbered, *rules.shortened, *rules.openers, *rules.telling_words):
        assert word == word.casefold() and not word.endswith(".")
