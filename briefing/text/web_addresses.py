"""To which host, mailbox or telephone number an address leads, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from briefing.problems import Finding
from briefing.text.hidden import refuse_in_address

_DOTS = re.compile("[\u3002\uff0e\uff61]")
_WEB = re.compile(r"https?://([^/?#\\\s]+)(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_PORT = re.compile(r"(.*):([0-9]{1,5})")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_RECEIVERS = re.compile(r"[?&;](?:b?cc|to)=|@.*[,;].*@|@[^?]*@", re.IGNORECASE)
"""More than one receiver of a message."""
_MAILBOX = re.compile(r"[\w.!#$&'*+=?^`{|}~-]+@([^\s@]+)")
_NUMBER = re.compile(r"\+?[0-9(][0-9 ().-]*[0-9](?:;ext=[0-9]{1,10})?")
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
"""Endings of names that mean something within one network only (RFC 6761, 6762, 8375, and those that are reserved)."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses that stand for those of the older internet (RFC 6052)."""
_PUBLIC = IPv6Network("2000::/3")
"""All addresses of the newer internet that are given out. Python's table does not know every other block."""
_MOST_DIGITS = 17
"""Digits of a telephone number at most: 15 (E.164) after 00."""


def host_of(address: str) -> str:
    """Return the host to which browsers go for an address: decoded, in small letters; empty for other schemes."""
    return "" if address[:7].casefold() == "mailto:" else typed_host(address).lower()


def typed_host(address: str) -> str:
    """Return the same with its capital letters, and for `mailto:` the host of the mailbox."""
    if address[:7].casefold() == "mailto:":
        return _decode(unquote(address[7:].partition("?")[0]).rpartition("@")[2])
    return _decode(_authority(address).rpartition("@")[2].partition(":")[0])


def is_placeholder(address: str) -> bool:
    """Whether an address is no real one: a part of its host is “example”, or it ends in a name for tests (RFC 2606)."""
    labels = typed_host(address).lower().split(".")
    return "example" in labels or labels[-1] in ("test", "invalid", "localhost")


def _decode(host: str) -> str:
    labels = _DOTS.sub(".", unicodedata.normalize("NFKC", host)).strip(".").split(".")
    return ".".join(map(decode_label, labels))


def decode_label(label: str) -> str:
    """Return a part of a host as readers see it, from Punycode."""
    if label[:4].casefold() == "xn--":
        with suppress(UnicodeError):
            return label[4:].casefold().encode("ascii").decode("punycode")
    return label


def _authority(address: str) -> str:
    """Return what is between the slashes and the path, as browsers read it and decoded; empty for other schemes."""
    cleaned = re.sub(r"[\t\n\r]", "", address.strip()).replace("\\", "/")
    cleaned = re.sub(r"^(https?):/*", r"\1://", cleaned, flags=re.IGNORECASE)
    if cleaned.lower().startswith(("http://", "https://")):
        with suppress(ValueError):
            return unquote(urlsplit(cleaned).netloc)
    return ""


def is_local_address(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is not of the public internet: one of this machine, of a network of its own, or of a group."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_local_address(inner)
        if address not in _PUBLIC:
            return True
    return not address.is_global or address.is_multicast


def is_local_host(host: str) -> bool:
    """Whether a host, in small letters, leads each reader to another place: to their own machine or network."""
    host = host.removesuffix(".")
    with suppress(ValueError):
        return is_local_address(ip_address(host))
    return "." not in host or host.endswith(tuple(f".{ending}" for ending in _INSIDE))


def check_address(address: str) -> Iterator[Finding]:
    """Yield what is wrong with an address itself.

    A web address must be `https://host/…`, which all programs read in the same way. A message goes to one mailbox, and
    a call to one number. No address has a name before its host, or characters that nobody sees.
    """
    if "%" in address or "xn--" in address.casefold():
        decoded = re.sub(r"[\t\n\r]", "", unquote(address)) + "\n" + host_of(address)
        if hidden := refuse_in_address(decoded):
            yield from (finding for _, finding in hidden)
            return
    scheme, _, rest = address.partition(":")
    name, at, _ = _authority(address).rpartition("@")
    if at and host_of(address):
        message = f"this address looks like “{name}” but leads to “{host_of(address)}”"
        yield Finding("link-words", message, "delete everything before the @")
    elif scheme.casefold() in ("http", "https") and re.search(r"\s", address):
        message = f"there is a space in the address “{address}”"
        yield Finding("unknown-link", message, "write %20 for it, or delete it")
    elif scheme.casefold() in ("http", "https") and not _is_strict(address):
        hint = "write two slashes and a host after the colon, such as https://example.org"
        yield Finding("unknown-link", f"the address “{address}” names no host", hint)
    elif scheme.casefold() in ("http", "https") and is_local_host(_address_or_host(address)):
        message = "this address is not of the public internet: for each reader it is their own machine or network"
        yield Finding("local-address", message, "write the address under which everybody finds the page")
    elif scheme.casefold() == "mailto":
        yield from _check_mail(rest)
    elif scheme.casefold() == "tel":
        number = unquote(rest)
        if not _NUMBER.fullmatch(number) or sum(map(str.isdigit, number)) > _MOST_DIGITS:
            hint = (
                "write tel: and one number, in the digits 0 to 9; a code with * or # can change how a telephone works"
            )
            yield Finding("link-scheme", f"“{number}” is not a number that a link may call", hint)


def _address_or_host(address: str) -> str:
    host = _authority(address)
    return host[1:].partition("]")[0] if host.startswith("[") else host_of(address)


def _is_strict(address: str) -> bool:
    found = _WEB.fullmatch(address)
    if not found:
        return False
    port = _PORT.fullmatch(found[1])
    return is_host(port[1] if port else found[1]) and int(port[2] if port else 1) < 65_536


def is_host(host: str) -> bool:
    """Whether some characters are a host that all programs read in the same way, in any script (IDNA 2008)."""
    labels = host.removesuffix(".").split(".")
    if host.startswith("[") or labels[-1][:1].isdigit():
        with suppress(ValueError):
            return ip_address(host.strip("[]")).version == (6 if host.startswith("[") else 4)
        return False
    if host.isascii() and "xn--" not in host.lower():
        return len(host) < 254 and all(map(_LABEL.fullmatch, labels))
    with suppress(ValueError):
        return bool(_encode(host))
    return False


def ascii_host(host: str) -> str:
    """Return a host as it is sent, in Punycode. Raises ValueError if it cannot be sent."""
    return host.lower() if host.isascii() else _encode(host)


def _encode(host: str) -> str:
    import idna  # which few sites need

    return idna.encode(host, uts46=True).decode("ascii")


def _check_mail(rest: str) -> Iterator[Finding]:
    to, _, query = rest.partition("?")
    fields = {name.casefold(): value for name, value in parse_qsl(query, keep_blank_values=True)}
    mailbox = _MAILBOX.fullmatch(unquote(to))
    if _RECEIVERS.search(unquote(rest)):
        hint = "write one address after mailto:, and no cc, bcc or to"
        yield Finding("link-scheme", "this link would send a message to other people too", hint)
    elif not mailbox or not is_host(mailbox[1]):
        hint = "write one address after mailto:, such as mailto:desk@example.org"
        yield Finding("link-scheme", f"“{unquote(to)}” is not the address of one mailbox", hint)
    elif wrong := sorted(fields.keys() - {"subject", "body"}):
        yield Finding("link-scheme", f"a link may not set “{wrong[0]}” of a message", "keep only subject and body")
    elif re.search(r"[\0-\x1f\x7f]", fields.get("subject", "")):
        hint = "write the subject on one line"
        yield Finding("link-scheme", "the subject of this message has a line break or a control character", hint)


def doi_address(doi: str) -> str:
    """Return the web address of a DOI; empty if there is none."""
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}" if doi else ""
