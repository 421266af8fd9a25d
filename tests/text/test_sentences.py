"""Text is split into sentences where a reader would split it."""

from __future__ import annotations

import pytest

from briefing.text.sentences import sentences_of


@pytest.mark.parametrize(
    "sentences",
    [
        ["One opens.", "Two closes."],
        ["Is it open?", "Yes!", "Good…", "Then go."],
        ["The fee is £1.50 a day.", "It rose in 2025."],
        ["Dr. Park and Mrs. Reed opened it.", "St. Anne cut the ribbon."],
        ["See p. 12 and para. 4 of it.", "Nothing else does."],
        ["J. R. Reed wrote it.", "She lives here."],
        ["He said “It is shut.” and left.", "We stayed."],
        ["It is open (see below.) today.", "And tomorrow."],
        ["“We open at nine.”", "“And close at five.”"],
        ["Cited here. \x02c0\x03", "Next one \x02c1\x03."],
        ["Cited twice. \x02c0\x03 \x02c1\x03", "\x021\x03 begins with a link."],
        ["No stop at the end"],
        ["Routes 7, 8 e.g. and i.e. are fine."],
        ["Открыто.", "Закрыто."],
        ["It costs 5 p. a page."],
        ["Bus No. 7 stops here.", "No. 8 does not."],
    ],
)
def test_running_text_is_cut_into_sentences(sentences: list[str]) -> None:
    """A full stop in an abbreviation, number or initial ends no sentence; a citation belongs to the sentence before it."""
    assert sentences == list(sentences_of(" ".join(sentences)))


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    """Empty text is no sentence."""
    assert list(sentences_of(text)) == []
