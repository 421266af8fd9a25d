"""In which direction a language is read."""

from __future__ import annotations

_FROM_RIGHT = "ar arc arz ary ckb dv fa he iw khw ks nqo ps sd syr ug ur yi".split()  # noqa: SIM905
"""Languages that are usually written from right to left."""
_SCRIPTS = "adlm arab aran hebr nkoo rohg samr syrc thaa".split()  # noqa: SIM905
"""Scripts that are written from right to left (ISO 15924)."""


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr` for a language tag, such as `ar` or `pa-Arab`. A script in the tag decides."""
    first, *rest = language.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return "rtl" if (script in _SCRIPTS if script else first in _FROM_RIGHT) else "ltr"
