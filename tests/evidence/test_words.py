"""Two texts are compared by their words: what does not matter makes no difference, and what does makes one."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.evidence.find import Document, Sought, count_words, named_pages
from briefing.evidence.text import Text
from briefing.evidence.words import find_all, read_words

LETTERS = st.text(st.sampled_from("abcdefxyzéßłдشअのＡ"), min_size=1, max_size=7)
SENTENCES = st.lists(LETTERS | st.integers(0, 9999).map(str), min_size=4, max_size=20)


def is_in(text: str, words: str) -> bool:
    """Whether words are in a text."""
    return bool(find_all(read_words(text), read_words(words)))


def found(text: str, **sought: str) -> bool:
    """Whether a passage is found in a text without pages."""
    return Document(Text((text,), (text,))).find(Sought(**sought)) is not None


@given(SENTENCES, st.data())
def test_spaces_line_ends_case_and_marks_do_not_matter(words: list[str], data: st.DataObject) -> None:
    """However words are set, with marks of sentences, quotation marks and line ends around them, they are found."""
    between = st.sampled_from((" ", "  ", "\n", "\u00a0", ", ", "; ", " – ", "\u2009", " “", "” ", ". ", "\r\n"))
    case = st.sampled_from(("upper", "lower", "capitalize"))
    text = "".join(getattr(word, data.draw(case))() + data.draw(between) for word in words)
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words)))
    assert is_in(f"Before, {text} after.", " ".join(words[first:last]))


@given(SENTENCES, st.data())
def test_another_word_or_another_order_matters(words: list[str], data: st.DataObject) -> None:
    """A text whose words are others, or the same in another order, does not have them."""
    # A language without spaces between words has no place where a word surely ends.
    longer = [[*words[:-1], words[-1] + "q"]] * (words[-1][-1] != "の") + [["q" + words[0], *words[1:]]] * (
        words[0][0] != "の"
    )
    other = data.draw(st.permutations(words) | st.sampled_from([words, *longer]))
    same = " ".join(words).casefold() == " ".join(other).casefold()
    assert is_in(" ".join(other), " ".join(words)) == same


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the well-known man", "well known man"),
        ("the well known man", "well-known man"),
        ("they re-open it", "they reopen it"),
        ("they reopen it", "they re-open it"),
        ("the gov-\nernment of", "the government of"),
        ("the gov\u00adernment of", "the government of"),
        ("the gov\ufffeernment of", "the government of"),
        ("a decision-\nmaking body", "a decision making body"),
        ("eﬃcient ﬂow", "efficient flow"),
        ("e\u0301te\u0301", "été"),
        ("‘I don’t know’", "I don't know"),
        ("2010–2015", "2010-2015"),
        ("from 2010 – 2015", "2010–2015"),
        ("世界\n大戦", "世界大戦"),
        ("كِتَاب", "كتاب"),
        ("STRASSE", "Straße"),
        ("cost 10 am", "10am"),
    ],
)
def test_how_a_word_is_written_does_not_matter(text: str, words: str) -> None:
    """Hyphens, ligatures, accents, apostrophes, dashes in numbers, and vowel marks that are left out."""
    assert is_in(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("we are not able to", "notable"),
        ("the rapist", "therapist"),
        ("therapist", "the rapist"),
        ("this is it", "his is it"),
        ("5-10 men", "510 men"),
        ("10² men", "102 men"),
        ("1,000 men", "1000 men"),
        ("1.5 men", "15 men"),
        ("5% of men", "5 of men"),
        ("£5 each", "5 each"),
        ("−5 degrees", "5-5 degrees"),
        ("we’re here", "were here"),
        ("a .5 share", "a 5 share"),
        ("resume", "résumé"),
        ("1 000 men", "1000 men"),
        ("costs £4.7m a year", "costs £4.7"),
        ("it grew by 5%", "it grew by 5"),
        ("the 1st of them", "the 1"),
    ],
)
def test_what_would_change_the_meaning_matters(text: str, words: str) -> None:
    """A space within a word, a decimal point, a currency, a percentage, an apostrophe, an accent."""
    assert not is_in(text, words)


def test_words_left_out_by_the_writer_are_left_out_in_order_and_near() -> None:
    """An ellipsis stands for words between two parts; parts in the wrong order or far away are no passage."""
    text = "The review is led by Ada Reed and will, they say, be completed in three months, at no cost."
    assert found(text, words="The review is led by […] be completed in three months")
    assert found(text, starts="review is led", ends="in three months")
    assert not found(text, words="be completed in three … review is led by")
    assert not found(
        "is led by Ada Reed. " + "word " * 3000 + "completed in three months", words="led by Ada … in three months"
    )


def test_brackets_of_an_editor_stand_for_other_words() -> None:
    """“[T]he” is “The”; “[the council]” may be another word; brackets that the document has are words of it."""
    text = "In May they agreed the plan for the wall [see note 2] of the town."
    assert found(text, words="[t]hey agreed the plan")
    assert found(text, words="In May [the council] agreed the plan")
    assert found(text, words="for the wall [see note 2] of the town")
    assert not found(text, words="[the council] refused the plan")
    assert not found(text, words="plan for the wall [see no note] of the town")


def test_a_footnote_mark_does_not_separate_words() -> None:
    """The raised number of a note, glued to the end of a sentence, is skipped; a number of the text is not."""
    from briefing.evidence.html import read_html
    from briefing.evidence.text import paged

    pdf = Document(
        paged(["Nobody was killed.12 The fire brigade came.", "It was the end, they said,3 of the B12 road."], ["", ""])
    )
    assert pdf.find(Sought(words="was killed. The fire brigade"))
    assert pdf.find(Sought(words="they said, of the B12 road"))
    assert not pdf.find(Sought(words="of the B road"))
    text = read_html(
        "<p>Nobody was killed.<sup><a href='#n'>[12]</a></sup> The fire came at 10<sup>2</sup> m<sup>th</sup> it."
    )
    assert Document(text).find(Sought(words="was killed. The fire came"))


@pytest.mark.parametrize(
    "few", [Sought(words="the"), Sought(words="of the"), Sought(starts="of", ends="the"), Sought()]
)
def test_one_or_two_words_are_too_few(few: Sought) -> None:
    """Words that are in any text prove nothing, so they are not looked for."""
    assert count_words(few) < 3
    assert not found("of the of the of the", words=few.words, starts=few.starts, ends=few.ends)


@pytest.mark.parametrize(
    ("locator", "pages"),
    [
        ("p. 12", "12"),
        ("page 12, paragraph 4", "12"),
        ("pp. 112–14", "112 113 114"),
        ("S. 3", "3"),
        ("tud. 3", "3"),
        ("ص 3", "3"),
        ("p. iv", "iv"),
        ("paragraph 4", ""),
        ("section 2, item 3", ""),
        ("the app 3", ""),
        ("recommendation 12", ""),
    ],
)
def test_a_locator_names_pages(locator: str, pages: str) -> None:
    """Pages are read from a locator in several languages; a paragraph or a section is no page."""
    assert " ".join(named_pages(locator)) == pages


@given(SENTENCES, st.integers(0, 3))
def test_a_link_to_the_place_leads_to_it_and_nowhere_else(words: list[str], copies: int) -> None:
    """The first words for a link are in the document once, as it writes them; if they cannot be, there are none."""
    sentence = " ".join(words)
    text = " ".join([*[" ".join(words[:2]) + " zzz"] * copies, sentence, "end of it"])
    got = Document(Text((text,), (text,))).find(Sought(starts=" ".join(words[:3]), ends=" ".join(words[-1:])))
    if got and got.starts:
        assert 1 == len(find_all(read_words(text), read_words(got.starts)))
        assert got.starts in text
        assert got.ends in text


@given(st.lists(st.text("abcdefxyzéßł", min_size=2, max_size=7), min_size=5, max_size=9), st.booleans(), st.data())
def test_words_that_are_spaced_out_are_found_and_others_are_not(
    words: list[str], wide: bool, data: st.DataObject
) -> None:
    """Letters with a space between them are words, whether or not a wider space is between two words."""
    spaced = ("   " if wide else " ").join(" ".join(word) for word in words)
    text = f"Chapter two\n{spaced}. It ends here."
    assert is_in(text, " ".join(words))
    place = data.draw(st.integers(0, len(words) - 1))
    assert not is_in(text, " ".join([*words[:place], words[place] + "q", *words[place + 1 :]]))
    assert is_in(text, " ".join(["".join(words[:2]), *words[2:]])) != wide


def test_a_text_that_repeats_itself_is_searched_quickly() -> None:
    """The work to find where a passage is unique does not grow with how often its words are in a document."""
    said = "the council said so "
    text = Text((said * 20_000 + "in the end",), (said * 20_000 + "in the end",))
    begin = process_time()
    found = Document(text).find(Sought(starts="the council said", ends="said so"))
    assert found is not None
    assert (found.starts, found.ends) == ("", "")
    assert process_time() - begin < 5
