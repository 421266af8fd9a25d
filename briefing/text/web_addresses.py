"""What is wrong with an address that a reader follows: what it hides, and words of the link that name another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

from briefing.problems import Finding
from briefing.text.hidden import refuse_hidden

_DOTS = re.compile("[\u3002\uff0e\uff61]")
_SHOWN_HOST = re.compile(r"(?<![\w@.-])(https?:/*|www\.)?((?:[\w-]++\.)++[^\W\d_]{2,18})(?![\w@-])", re.IGNORECASE)
_SHOWN_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@(?:[\w-]++\.)++[^\W\d_]{2,18}")
_SHOWN_NUMBER = re.compile(r"(?<!\w)\+?\(?\d(?:(?:\s?\(0\)\s?|[\s).\u2010-\u2015-]{0,3})\d){1,24}(?!\w)")
_ENDINGS = {
    "com", "org", "net", "edu", "gov", "int", "mil", "info", "biz", "name", "pro", "app", "dev", "site",
    "online", "help", "care", "health", "charity", "foundation", "ngo", "news", "blog", "shop", "store",
    "tech", "cloud", "digital", "social", "world", "live", "wales", "cymru", "scot", "london", "eu", "example",
    "test", "invalid", "localhost", "рф", "укр", "бел", "срб", "мон", "қаз",
    "中国", "中國", "台灣", "香港", "한국", "भारत",
    "مصر", "امارات", "السعودية", "ایران", "ישראל", "ελ", "ευ", "ไทย",
}  # fmt: skip
"""The ends of hosts that are recognised without www or https. All endings of two letters of a country are too."""
_FILE_ENDINGS = {"md", "py", "pl", "sh", "rs", "cc", "so", "ps", "js", "ts", "vi", "gz"}
"""Endings of a country that are more often those of a file."""
_COUNTRY_CODE = 3
"""Digits of a country code at most."""


def host_of(address: str) -> str:
    """Return the host to which browsers go for an address: decoded, in small letters; empty for other schemes."""
    host = _authority(address).rpartition("@")[2].partition(":")[0]
    labels = _DOTS.sub(".", unicodedata.normalize("NFKC", host)).casefold().strip(".").split(".")
    return ".".join(map(_decode_label, labels))


def _authority(address: str) -> str:
    """Return what is between the slashes and the path, as browsers read it and decoded; empty for other schemes."""
    cleaned = re.sub(r"[\t\n\r]", "", address.strip()).replace("\\", "/")
    cleaned = re.sub(r"^(https?):/*", r"\1://", cleaned, flags=re.IGNORECASE)
    if cleaned.lower().startswith(("http://", "https://")):
        with suppress(ValueError):
            return unquote(urlsplit(cleaned).netloc)
    return ""


def check_address(address: str) -> Iterator[Finding]:
    """Yield what is wrong with an address itself: a name before its host, or characters that nobody sees."""
    name, at, _ = _authority(address).partition("@")
    if at and host_of(address):
        message = f"this address looks like “{name}” but leads to “{host_of(address)}”"
        yield Finding("link-words", message, "delete everything before the @")
    if "%" in address or "xn--" in address.casefold():
        decoded = re.sub(r"[\t\n\r]", "", unquote(address)) + "\n" + host_of(address)
        yield from (finding for _, finding in refuse_hidden(decoded)[1])


def check_words(words: str, address: str) -> Iterator[Finding]:
    """Yield what is wrong if the words of a link name another host, mailbox or telephone number than its address."""
    scheme, _, rest = address.strip().partition(":")
    scheme, host = scheme.casefold(), host_of(address)
    goal = host or unquote(rest.partition("?")[0]).strip() or address
    mailboxes = _mailboxes(rest) if scheme == "mailto" else set()
    for mail in dict.fromkeys(_SHOWN_MAIL.findall(words)):
        own = scheme == "mailto" and mailboxes == {mail.casefold()}
        if not own and not (host and _same_site(mail.rpartition("@")[2], host)):
            yield _differs(mail, ", ".join(sorted(mailboxes)) or goal)
    for named in dict.fromkeys(_hosts_in(words)):
        if not (host and _same_site(named, host)) and not any(
            _same_site(named, one.rpartition("@")[2]) for one in mailboxes
        ):
            yield _differs(named, goal)
    numbers = [found[0] for found in _SHOWN_NUMBER.finditer(words)]
    if scheme == "tel":
        called = unquote(rest).partition(";")[0]
        shown = [number for number in numbers if len(_digits(number)) >= 3]
        if shown and not any(_same_number(number, called) for number in shown):
            yield _differs(shown[0], called)
    elif host and len(numbers) == 1 and numbers[0].strip() == words.strip() and _is_telephone(numbers[0]):
        yield _differs(numbers[0], host)


def _differs(shown: str, goal: str) -> Finding:
    message = f"the words of this link say “{shown}”, but it leads to “{goal}”"
    return Finding("link-words", message, "write the words and the address so that both name the same")


def _hosts_in(words: str) -> Iterator[str]:
    """Yield the hosts that a reader sees in some words."""
    plain = _DOTS.sub(".", unicodedata.normalize("NFKC", _SHOWN_MAIL.sub(" ", words)))
    for found in _SHOWN_HOST.finditer(plain):
        ending = found[2].rpartition(".")[2]
        country = len(ending) == 2 and ending.isascii() and ending not in _FILE_ENDINGS
        is_name = ending.casefold() in _ENDINGS or country
        written_so = ending.islower() or not ending.isascii() or (found[2].isupper() and ending != "NET")  # ASP.NET
        if found[1] or (is_name and written_so):
            yield ".".join(map(_decode_label, found[2].casefold().split(".")))


def _same_site(shown: str, host: str) -> bool:
    """Whether two hosts are one, or one is within the other."""
    one, other = shown.casefold().removeprefix("www."), host.removeprefix("www.")
    return one == other or other.endswith("." + one) or (one.endswith("." + other) and "." in other)


def _mailboxes(rest: str) -> set[str]:
    """Return every recipient of a mailto address, also those in its fields to, cc and bcc."""
    to, _, query = rest.partition("?")
    fields = parse_qsl(query) if query else []
    listed = [unquote(to), *(value for name, value in fields if name.casefold() in ("to", "cc", "bcc"))]
    return {one.strip().casefold() for part in listed for one in part.split(",") if one.strip()}


def _digits(number: str) -> str:
    return "".join(str(int(character)) for character in number.replace("(0)", "") if character.isdecimal())


def _is_telephone(number: str) -> bool:
    return number.lstrip("(").startswith(("0", "+")) and len(_digits(number)) >= 9


def _same_number(shown: str, called: str) -> bool:
    """Whether two numbers are one, also if only one of them has a country code."""
    if _digits(shown) == _digits(called):
        return True
    short, long = sorted((_digits(shown).lstrip("0"), _digits(called).lstrip("0")), key=len)
    international = shown.strip().startswith(("+", "00")) or called.strip().startswith(("+", "00"))
    return international and len(short) >= 3 and long.endswith(short) and len(long) - len(short) <= _COUNTRY_CODE


def _decode_label(label: str) -> str:
    if label.startswith("xn--"):
        with suppress(UnicodeError):
            return label[4:].encode("ascii").decode("punycode")
    return label
