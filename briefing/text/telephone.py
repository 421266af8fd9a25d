"""Telephone numbers as people write them: what a telephone dials, and whether two of them are one number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

_COUNTRIES = (
    "1 US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI,7 RU KZ,20 EG,27 ZA,30 GR,31 NL,"
    "32 BE,33 FR,34 ES,36 HU,39 IT,40 RO,41 CH,43 AT,44 GB GG IM JE,45 DK,46 SE,47 NO SJ,48 PL,49 DE,51 PE,52 MX,"
    "53 CU,54 AR,55 BR,56 CL,57 CO,58 VE,60 MY,61 AU CC CX,62 ID,63 PH,64 NZ,65 SG,66 TH,81 JP,82 KR,84 VN,86 CN,"
    "90 TR,91 IN,92 PK,93 AF,94 LK,95 MM,98 IR,211 SS,212 MA EH,213 DZ,216 TN,218 LY,220 GM,221 SN,222 MR,223 ML,"
    "224 GN,225 CI,226 BF,227 NE,228 TG,229 BJ,230 MU,231 LR,232 SL,233 GH,234 NG,235 TD,236 CF,237 CM,238 CV,239 ST,"
    "240 GQ,241 GA,242 CG,243 CD,244 AO,245 GW,246 IO,247 AC,248 SC,249 SD,250 RW,251 ET,252 SO,253 DJ,254 KE,255 TZ,"
    "256 UG,257 BI,258 MZ,260 ZM,261 MG,262 RE YT,263 ZW,264 NA,265 MW,266 LS,267 BW,268 SZ,269 KM,290 SH,291 ER,"
    "297 AW,298 FO,299 GL,350 GI,351 PT,352 LU,353 IE,354 IS,355 AL,356 MT,357 CY,358 FI AX,359 BG,370 LT,371 LV,"
    "372 EE,373 MD,374 AM,375 BY,376 AD,377 MC,378 SM,379 VA,380 UA,381 RS,382 ME,383 XK,385 HR,386 SI,387 BA,389 MK,"
    "420 CZ,421 SK,423 LI,500 FK,501 BZ,502 GT,503 SV,504 HN,505 NI,506 CR,507 PA,508 PM,509 HT,590 GP BL MF,591 BO,"
    "592 GY,593 EC,594 GF,595 PY,596 MQ,597 SR,598 UY,599 CW BQ,670 TL,672 NF,673 BN,674 NR,675 PG,676 TO,677 SB,"
    "678 VU,679 FJ,680 PW,681 WF,682 CK,683 NU,685 WS,686 KI,687 NC,688 TV,689 PF,690 TK,691 FM,692 MH,850 KP,852 HK,"
    "853 MO,855 KH,856 LA,880 BD,886 TW,960 MV,961 LB,962 JO,963 SY,964 IQ,965 KW,966 SA,967 YE,968 OM,970 PS,971 AE,"
    "972 IL,973 BH,974 QA,975 BT,976 MN,977 NP,992 TJ,993 TM,994 AZ,995 GE,996 KG,998 UZ"
)
"""The country codes of the ITU (E.164), each with its countries. Codes of services, such as 979, are not among them."""
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
"""The keys of a telephone that have letters."""
_GROUP = re.compile(r"\+?\d+|(?<![^\W\d_])[A-Z]{3,}(?![^\W\d_])")
_GAP = re.compile(r"[^\w+]{0,3}")
"""What may be between two groups of digits of one number."""
_LIKE_DIGITS = re.compile(r"(?<!\w)[OoIl0-9]{2,}+(?!\w)")
"""Words that may be digits with letters that look like digits."""
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079]{1,2}(?![\u00b2\u00b3\u00b9\u2070-\u2079])")
_OVER = re.compile("(?<=[0-9.@])[\u0300-\u036f\u20d0-\u20ff\ufe0f]+")
_DIALLED = re.compile(r"(\+|00)?([0-9 ()./\-\u2010-\u2015\u00a0]*[0-9])[) ]*")
_TRUNKS = ("", "0", "1", "8")
"""What people dial before a number of their own country."""
_SHORT = 3
"""Digits of a telephone number at least."""
_MOST_DIGITS = 20


@cache
def _codes() -> dict[str, str]:
    """Return the country code of each country."""
    groups = (entry.split() for entry in _COUNTRIES.split(","))
    return {country: code for code, *countries in groups for country in countries}


@cache
def _known() -> frozenset[str]:
    return frozenset(_codes().values())


def country_code(language: str) -> str:
    """Return the country code of the country in a language tag, such as 44 for en-GB; empty if it names none."""
    return next((_codes()[part.upper()] for part in language.split("-")[1:] if part.upper() in _codes()), "")


def plain_digits(words: str) -> str:
    """Return words with the digits of all scripts and forms as 0 to 9. Raised digits of a note go."""
    if words.isascii():
        return words
    shown = unicodedata.normalize("NFKC", _RAISED.sub("", words))
    return _OVER.sub("", "".join(one if one.isascii() else _plain_digit(one) for one in shown))


def _plain_digit(sign: str) -> str:
    value = unicodedata.numeric(sign, -1) if unicodedata.category(sign) in ("Nd", "No") else -1
    return str(int(value)) if value in range(10) else sign


def dial(shown: str) -> str:
    """Return what a telephone dials for a number as it is shown; empty if the words are more than one number."""
    words = plain_digits(shown).strip()
    found = _DIALLED.fullmatch(words.replace("(0)", "") if words.startswith(("+", "00")) else words)
    digits = re.sub("[^0-9]", "", found[2]) if found else ""
    is_number = len(digits) > 1 and not (found and found[1] and digits.startswith("0"))
    return f"{'+' if found and found[1] else ''}{digits}" if is_number else ""


@lru_cache(1000)
def compare(words: str, called: str) -> tuple[str, frozenset[str]]:
    """Compare the numbers in some words with the one that is called.

    Return the words with `x` in place of each number that is the same, and the country codes that these leave out.
    """
    shown = _LIKE_DIGITS.sub(_as_digits, plain_digits(words))
    groups = list(_GROUP.finditer(re.sub(r"(?<=\d)(\s?)\(0\)", r"\1   ", shown)))
    kept, codes, first, free = list(shown), set(), 0, 0
    while first < len(groups):
        for last in _runs(groups, shown, first):
            digits = "".join(group[0].translate(_KEYS) for group in groups[first : last + 1])
            code = _left_out(digits, called)
            if code is not None and not _goes_on(groups[free : last + 2], shown, first - free, last - free, bool(code)):
                codes.add(code)
                kept[groups[first].start() : groups[last].end()] = "x" * (groups[last].end() - groups[first].start())
                first, free = last, last + 1
                break
        first += 1
    return "".join(kept), frozenset(codes - {""})


def _as_digits(found: re.Match[str]) -> str:
    word = found[0]
    if not any(map(str.isdigit, word)) and (len(set(word)) > 1 or len(word) < _SHORT):
        return word
    return re.sub("[Oo]", "0", re.sub("[Il]", "1", word))


def _runs(groups: list[re.Match[str]], text: str, first: int) -> Iterator[int]:
    """Yield the places of the groups that can end a number which begins at a group, the longest first."""
    last, digits = first, len(groups[first][0])
    while last + 1 < len(groups) and digits < _MOST_DIGITS:
        following = groups[last + 1]
        if not _GAP.fullmatch(text[groups[last].end() : following.start()]) or following[0].startswith("+"):
            break
        last, digits = last + 1, digits + len(following[0])
    yield from range(last, first - 1, -1)


def _goes_on(groups: list[re.Match[str]], text: str, first: int, last: int, is_part: bool) -> bool:
    """Whether digits beside some groups are of the same number; `is_part` is whether their country code is missing."""
    if first and _GAP.fullmatch(text[groups[first - 1].end() : groups[first].start()]):
        before = groups[first - 1][0]
        if is_part or before.startswith(("0", "+")):
            return before[-1:].isdigit()
    if last + 1 < len(groups) and len(groups[last + 1][0]) >= _SHORT and groups[last + 1][0].isdigit():
        return (
            re.fullmatch(r"[\s.\u00b7\u2010\u2011-]{0,3}", text[groups[last].end() : groups[last + 1].start()])
            is not None
        )
    return False


def _left_out(shown: str, called: str) -> str | None:
    """Return the country code that only the called number has, None if it is another number."""
    one, other = _international(shown), _international(called)
    if one.startswith("+") == other.startswith("+"):
        return "" if one == other else None
    whole, short = (one[1:], other) if one.startswith("+") else (other[1:], one)
    for trunk in _TRUNKS:
        number = short.removeprefix(trunk)
        code = whole.removesuffix(number)
        if short.startswith(trunk) and len(number) >= _SHORT and code != whole and code in _known():
            return "" if one.startswith("+") else code
    return "" if whole == short else None


def _international(number: str) -> str:
    """Return a number as digits, after a + if it begins with a country code."""
    digits = re.sub("[^0-9]", "", number)
    if number.startswith("00"):
        return "+" + digits[2:]
    return "+" + digits if number.startswith("+") else digits
