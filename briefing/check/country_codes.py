"""Country codes that links call and their words leave out: readers must be able to know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from briefing.problems import Finding, Problem, Span
from briefing.text.telephone import country_code


def check_codes(called: Iterable[tuple[str, str, Span]], language: str) -> Iterator[Problem]:
    """Yield a problem for each code that is not that of the site's country; `called` are path, code and place of each.

    The country is in the language of the site, as in en-GB. If it is not, it is the one whose code most files call.
    """
    places = sorted(called)
    own = country_code(language) or next(
        (code for code, _ in Counter(code for _, code, _ in places).most_common(1)), ""
    )
    for path, code, span in places:
        if code != own:
            message = f"this link calls a number in the country with the code +{code}, and its words do not show that"
            hint = f"write +{code} in the words too; only +{own}, the code of this site, may be left out"
            yield Finding("link-words", message, hint).at(path, span)
