"""Letters as a person reads them: characters that look alike become one plain letter, and invisible ones go."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

_LOOKALIKES = (
    "AɅΛⱯΑАᎪᗅꓮ BƂƄΒБВЬѢҌᏏᏴᗷꓐꞴ CСҪᏟⲤꓚ𐐕 DÐĐƉᎠᏧᗞᗪꓓ EɆΕЕᎬꓰ FƑϜᖴꓝꞘ GǤԌᏀᏳꓖ HĦΗНҢӇӉᎻᏂᏲᕼⱧⲎꓧ IƖƗΙІӀᎥⲒ JɈͿЈᎫᒍꓙꞲ "
    "KΚКҚҞᏦⱩⲔꓗꝀ LŁᏞᒪⳐꓡ𐐛 MΜϺМӍᎷᗰⲘꓟ NИПŊƝΝⲚꓠ OØƟΟОӨՕᎾᏫⲞꓳꝊ𐐄 PΡРᏢᑭᣖⲢꓑ RƦЯᎡᏒᖇꓣ SЅՏᏕᏚꓢ𐐠 TŦƮȾΤТҬᎢⲦꓔ UɄՍᏌᑌꓴ VѴᏙᐯꓦ WШЩԜᎳᏔꓪ "
    "XΧХҲⲬꓫꞳ YɎΥУҮҰᎩᎽⲨꓬ ZƵȤΖᏃꓜ aɑαɐаᴀ bƀƃɓʙвѣҍᑲᑳᖯ cȼсҫᴄⲥꮯ𐐽 dðđƌɖɗԁᑯᴅꓒ eɇɛɜɘəеҽҿᴇꬲ fƒքᵮẝꞙꬵ gƍǥɠɡɢցᶃ hħɦʜнћһհꚕ "
    "iıɨɩɪιіӏᵻᵼꙇꭵ jɉϳјᴊ kĸƙᴋκк lłƚǀɫɭʟᣳꓲ mᴍмꭑ nпиŋƞɲɳɴηոռᵰ oøɵοоөօᴏᴑⲟꝋꬽꬾꭴꮎꮻ𐐬 pƥρрᴘᵽⲣ qʠԛգզꞯ rɍɾʁяɼɽʀгғᣴᴦᵲⲅꭇꭈꮁ "
    "sƽʂѕᣵᵴꜱꮪ𐑈 tŧƫƭᴛτтᵵ uʋυսᴜᵾꞟꭎꭒꮜ vνѵᴠꮩ wɯшщѡѽԝաᴡꝡꮃ xхᕁᕽ yƴɏɣʏγуүұᶌỿꭚ zƶȥʐᙆᴢᵶꮓ "
)
"""Each Latin letter with the letters of other scripts, or with a stroke or hook, that pass for it. After Unicode's
confusables, without what compatibility forms (NFKD) already make plain."""
_SIGNS = (
    ("'", "\u2018\u2019\u201b\u02bc\u02bb\u02b9\u00b4\u2032\u055a\ua78c\uff07"),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2212"),
    (
        "",
        "\u115f\u1160\u3164\uffa0\u0640\u2800\u2122\u2120",
    ),  # Hangul fillers, the Arabic dash within words, empty Braille, marks of trade
    ("\u064a", "\u0649\u06cc"),  # Arabic yeh, also Persian and without dots
    ("\u0643", "\u06a9"),  # kaf and keheh
    ("\u0647", "\u0629\u06c1"),  # heh and teh marbuta
)
_ENCLOSED = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""Where runs of A to Z in squares, circles and flags begin that have no compatibility form."""
_PAIRS = {"Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Þ": "Th", "þ": "th", "Ĳ": "IJ", "ĳ": "ij"}
_ASCII = bytes(range(0x80))
_MOST_REPLACED = 24
"""Kinds of character above which one pass over the text is quicker than a search for each."""
REVERSED = "\u202e"
"""Turns what follows it round, so that a name may be written backwards and read forwards."""


def fold(text: str) -> str:
    """Return a text without accents, invisible characters and other forms of the same letters.

    Case and script are kept. What is written backwards is there both ways.
    """
    if text.isascii():
        return text
    if REVERSED in text:
        text = f"{text}\n{text[::-1]}"
    return _replace(text, plain_letter)


def latin(text: str) -> str:
    """Return a folded text in which letters of other scripts that look like Latin ones are Latin."""
    return text if text.isascii() else _replace(text, lambda sign: _lookalikes().get(sign, sign))


def _replace(text: str, plain: Callable[[str], str]) -> str:
    used = set(text.encode("utf-8", "replace").translate(None, _ASCII).decode())
    changed = {sign: other for sign in used if (other := plain(sign)) != sign}
    if len(changed) > _MOST_REPLACED:
        return text.translate({ord(sign): other for sign, other in changed.items()})
    for sign, other in changed.items():
        text = text.replace(sign, other)
    return text


@cache
def plain_letter(sign: str) -> str:
    """Return one character without accents: a letter, a few letters, a space, or nothing where it is not seen."""
    if (known := _signs().get(sign)) is not None:
        return known
    category = unicodedata.category(sign)
    if category.startswith("M") or category == "Cf":
        return ""
    decomposed = unicodedata.normalize("NFKD", sign)
    return sign if decomposed == sign else "".join(map(plain_letter, decomposed))


@cache
def _signs() -> dict[str, str]:
    enclosed = {chr(start + place): chr(ord("A") + place) for start in _ENCLOSED for place in range(26)}
    return enclosed | {sign: plain for plain, signs in _SIGNS for sign in signs}


@cache
def _lookalikes() -> dict[str, str]:
    return _PAIRS | {sign: entry[0] for entry in _LOOKALIKES.split() for sign in entry[1:]}
