"""Words of a link that name another host, mailbox or telephone number than the one to which it leads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from briefing.problems import Finding
from briefing.text.telephone import compare, plain_digits
from briefing.text.web_addresses import decode_label, host_of

_APART = (
    r"\s.,;:!?\u00a1\u00bf/\\()<>\[\]{}\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u2039\u203a|@\u2026\u2013\u2014=&*+#%^~`$\u2022"
    r"\u2044\u2215\u2571\u29f8"
)
"""Characters that are in no part of a host."""
_HOST = re.compile(
    rf"(?<![^{_APART}])(?<![@.])(https?:[/\\]*|www\.)?([^{_APART}]++(?:\.[^{_APART}]++)+)(?:\.(?=\s*[^\W\d_]?))?",
    re.IGNORECASE,
)
_MAY_NAME = re.compile("[.@0-9]")
_NAME_BEFORE_HOST = re.compile(r"https?:[/\\]+([^\s/?#@]+)@", re.IGNORECASE)
_MAIL = re.compile(rf"[\w.+'-]++@([^{_APART}]++(?:\.[^{_APART}]++)+)")
_DOTS = re.compile(
    "[\u0589\u06d4\u0701\u0702\u2024\u3002\ua4f8\ua60e\uff0e\uff61\U00010a50\U0001d16d]"
    "|(?<=[^\\W\\d_])[\u0660\u06f0](?=[^\\W\\d_])"
)
_MIDDLE_DOTS = re.compile("(?<=\\w)[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65](?=\\w)")
_HYPHENS = re.compile("[\u2010\u2011\u2212\ufe63\uff0d]")
_SPACES = "[\u2000-\u200a\u202f\u205f]*"
_NARROW = re.compile(f"{_SPACES}([.@\uff0e\uff20\ufe6b\u2024\u3002\uff61]){_SPACES}")
"""A dot or an @ with spaces beside it that are hardly seen."""
_COMMON = {"com", "org", "net", "edu", "gov", "int", "mil", "info", "biz", "co", "uk", "eu", "io", "example"}
"""Ends of hosts that are recognised in any case of their letters, and in code."""
_FILES = frozenset(
    re.findall(
        r"\S+",
        "7z apk avi avif bak bash bat bib bin bmp bz2 cfg conf cpp cs css csv dat db deb dll doc docx env eot "
        "eps epub exe flac geojson gif gpx gz heic hpp htm html ico ics ini ipynb iso jar java jpeg jpg js "
        "json jsonl jsp jsx kml kt lock log lua md mdx mjs mkv mobi mov mp3 mp4 mpeg msg odg odp ods odt ogg "
        "otf parquet pdf php png ppt pptx ps1 psd py rar rb rpm rs rst rtf sh shp sql sqlite svg tar tex tgz "
        "tif tiff tmp toml ts tsv tsx ttf txt vcf vue wav webm webp woff woff2 xhtml xls xlsx xml xz yaml yml "
        "zip",
    )
)
"""Endings of files."""
_FILES_OR_HOSTS = {"md", "mov", "py", "rs", "sh", "zip"}
"""Those that are ends of hosts too. Words with more than one dot are a host."""
_FRENCH = re.compile("(?:r?t?rice|euse|[eè]re|ienne|elle|onne|ale|ive)s?")
"""What French writes after a dot for women: lecteur.rice."""
_GROUPS = re.compile(r"\+?\d(?:[\s()./\u00b7\u2010-\u2015\u2212-]{0,3}\d)*")
_DASH = "[-\u2010-\u2015\u2212]"
_NO_NUMBER = re.compile(
    rf"(?<![\d.\u00b7/])(?<!\d[\s-])(?:24/7|365|\d{{1,2}}[:.]\d\d|\d{{1,2}}(?:[:.]\d\d)?\s?{_DASH}\s?\d{{1,2}}(?:[:.]\d\d)?"
    rf"|[0-2]\d[0-5]\d\s?{_DASH}\s?[0-2]\d[0-5]\d|(?:19|20)\d\d(?:\s?{_DASH}\s?(?:(?:19|20)\d\d|\d\d))?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|0\.\d+)(?![\d]|[\s.\u00b7/-]\d)"
    r"|\bIS[BS]N[\s:]*[\dX-]+(?:[\s-][\dX]+)*"
)
"""Times, years, dates and the numbers of books, which are no telephone numbers."""
_ABROAD = re.compile(r"(?:1[\s.-]?)?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}")
"""A number of North America."""


def check_words(words: str, address: str) -> Iterator[Finding]:
    """Yield what is wrong if the words of a link name another host, mailbox or telephone number than its address."""
    if words.isascii() and not _MAY_NAME.search(words) and address[:4].casefold() != "tel:":
        return
    scheme, _, rest = address.strip().partition(":")
    scheme, host = scheme.casefold(), host_of(address)
    goal = host or unquote(rest.partition("?")[0]).strip() or address
    mailboxes = _mailboxes(rest) if scheme == "mailto" else set()
    hosts = {host, *(one.rpartition("@")[2] for one in mailboxes)} - {""}
    plain = plain_digits(_NARROW.sub(r"\1", words))
    for mail in dict.fromkeys(found[0] for found in _MAIL.finditer(_DOTS.sub(".", plain))):
        own = scheme == "mailto" and mailboxes == {mail.casefold()}
        if not own and not (host and is_same_site(mail.rpartition("@")[2], host)):
            yield _differs(mail, ", ".join(sorted(mailboxes)) or goal)
    for found in _NAME_BEFORE_HOST.finditer(plain):
        if found[0] not in address:  # which is reported by itself
            yield _differs(found[1], goal)
    for named in dict.fromkeys(_hosts_in(plain)):
        if not any(is_same_site(named, one) for one in hosts):
            yield _differs(named, goal)
    yield from (_differs(number, goal) for number in _other_numbers(plain, scheme, unquote(rest)))


def left_out_codes(words: str, address: str) -> frozenset[str]:
    """Return the country codes that the address of a call has, and its words have not."""
    scheme, _, rest = address.partition(":")
    return compare(words, unquote(rest).partition(";")[0])[1] if words and scheme.casefold() == "tel" else frozenset()


def _differs(shown: str, goal: str) -> Finding:
    message = f"the words of this link say “{shown}”, but it leads to “{goal}”"
    hint = "write the words and the address so that both name the same, or write the name before the link"
    return Finding("link-words", message, hint)


def _hosts_in(words: str) -> Iterator[str]:
    """Yield the hosts that a reader sees in some words."""
    plain = _HYPHENS.sub("-", _DOTS.sub(".", words))
    dotted = _MIDDLE_DOTS.sub(".", plain)
    for text in (plain,) if dotted == plain else (plain, dotted):
        for found in _HOST.finditer(_MAIL.sub(lambda mail: " " * len(mail[0]), text)):
            labels = found[2].split(".")
            is_sure = bool(found[1]) or (text is dotted and len(labels) > 2 and len(labels[-1]) > 1)
            if text is not plain and not is_sure:
                continue
            code = text[found.start() - 1 : found.start()] == "`"
            alone = found[0] == text.strip() and len(labels[0]) > 4
            if found[1] or _is_host_name(labels, code, alone, found[0].endswith(".")):
                yield ".".join(map(decode_label, found[2].lower().split(".")))


def _is_host_name(labels: list[str], is_code: bool, is_alone: bool, ends_with_dot: bool) -> bool:
    """Whether words with dots between them are a host, and no file, abbreviation or end of a sentence."""
    ending, first = labels[-1], labels[:-1]
    small = ending.casefold()
    if not small.startswith("xn--"):
        if len(ending) < 2 or not all(unicodedata.category(one)[0] in "LM" for one in ending):
            return False
        is_abbreviation = all(len(label) == 1 for label in first) and (
            ends_with_dot or not ending.islower() or first[0].isupper()
        )
        is_doubled = len(labels) == 2 and all(len(label) == 2 and len({*label}) == 1 for label in labels)  # EE.UU.
        is_capitalised = ending[:1].isupper() and not ending.isupper()
        is_file = small in _FILES and (len(labels) == 2 or small not in _FILES_OR_HOSTS)
        is_brand = ending == "NET" and len(labels) == 2 and first[0].isupper() and len(first[0]) < 5  # ASP.NET
        if is_file or is_brand or is_doubled or _FRENCH.fullmatch(small) or (is_abbreviation and small not in _COMMON):
            return False
        if (is_code or (is_capitalised and not is_alone)) and small not in _COMMON:
            return False
        if ends_with_dot and small not in _COMMON and all(len(label) < 4 for label in labels) and len(labels) == 2:
            return False  # m.in., f.eks., p.ej.
    return not all(label.isdigit() for label in first) or len(ending) == 2 or small in _COMMON


def is_same_site(shown: str, host: str) -> bool:
    """Whether two hosts are one, or one is within the other."""
    one, other = shown.lower().removeprefix("www."), host.removeprefix("www.")
    return one == other or other.endswith("." + one) or (one.endswith("." + other) and "." in other)


def _mailboxes(rest: str) -> set[str]:
    """Return every recipient of a mailto address, also those in its fields to, cc and bcc."""
    to, _, query = rest.partition("?")
    fields = parse_qsl(query) if query else []
    listed = [unquote(to), *(value for name, value in fields if name.casefold() in ("to", "cc", "bcc"))]
    return {one.strip().casefold() for part in listed for one in part.split(",") if one.strip()}


def _other_numbers(words: str, scheme: str, rest: str) -> Iterator[str]:
    """Yield the telephone numbers in some words that an address does not call; at most one."""
    if scheme == "tel":
        words, called = compare(words, rest.partition(";")[0])[0], True
        least = 7 if "x" * 3 in words else 3  # beside the right number, a few digits are an hour or a day
    else:
        called, least = False, 7
    for found in _GROUPS.finditer(_NO_NUMBER.sub(lambda one: "x" * len(one[0]), words)):
        digits = sum(map(str.isdigit, found[0]))
        if digits >= least and (called or _is_telephone(found[0].strip(), digits)):
            yield found[0].strip()
            return


def _is_telephone(number: str, digits: int) -> bool:
    """Whether a number within words is that of a telephone: from its first digit and its groups."""
    if _ABROAD.fullmatch(number):
        return True
    spaced = bool(re.search(r"\d[\s()]+\d", number))
    return number.startswith(("0", "+")) and (digits >= 9 or (digits >= 7 and spaced))
