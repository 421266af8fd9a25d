"""What a page's own Content-Security-Policy allows of the things that are put into the page."""

from __future__ import annotations

import base64
import hashlib

Policy = dict[str, tuple[str, ...]]
"""Directives with what each allows."""
_HASHES = ("sha256", "sha384", "sha512")


def parse_policy(content: str) -> Policy:
    """Read a policy from the `content` of its `meta` element; of a directive that is given twice, the first counts."""
    policy: Policy = {}
    for directive in content.split(";"):
        name, *sources = directive.split() or [""]
        policy.setdefault(name.lower(), tuple(sources))
    return policy


def find_missing(policy: Policy, directive: str, inline: str | None) -> str:
    """Return what has to be added to a policy, such as `data: to img-src`; empty where it allows the thing already.

    `inline` is the text of a script or style element; None for a `data:` address.
    """
    applied = next((name for name in (f"{directive}-elem", directive, "default-src") if name in policy), None)
    if applied is None:
        return ""
    sources, wanted = policy[applied], directive if applied == "default-src" else applied
    words = {source.lower() for source in sources}
    if inline is None:
        return "" if "data:" in words else f"data: to {wanted}"
    text = inline.replace("\r\n", "\n").replace("\r", "\n").encode()  # as a browser reads a page
    hashes = [f"'{name}-{base64.b64encode(hashlib.new(name, text).digest()).decode()}'" for name in _HASHES]
    # Beside a nonce or a hash, 'unsafe-inline' means nothing.
    strict = any(word.startswith(("'nonce-", "'strict-dynamic'", "'sha")) for word in words)
    if ("'unsafe-inline'" in words and not strict) or not {*hashes}.isdisjoint(sources):
        return ""
    return f"{hashes[0]} to {wanted}"
