"""Words of links in every form in which a host, a mailbox or a telephone number can be shown; the forms are generated."""

from __future__ import annotations

import random
import string
from itertools import product
from pathlib import Path

import pytest

from briefing.text.link_words import check_words
from briefing.text.telephone import compare, country_code, dial
from briefing.text.web_addresses import check_address, host_of
from tests.sites import Site, brief, codes

CHANCE = random.Random(17)
LETTERS = string.ascii_lowercase
DOTS = ".。．｡․ꓸ"
DIGITS = [
    string.digits, "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄌➀➁➂➃➄➅➆➇➈", "OI23456789", "Ol23456789", "o123456789",
]  # fmt: skip
"""Ten digits each, in the scripts and forms in which readers know them."""
GAPS = ["", " ", "-", ".", "·", "/", "–", "\u00a0", "‑", ") (", " - "]


def label(low: int = 4, high: int = 9, letters: str = LETTERS) -> str:
    """Make a part of a host."""
    return "".join(CHANCE.choices(letters, k=CHANCE.randint(low, high)))


def ending() -> str:
    """Make the end of a host; it is the ending of no file."""
    return label(2, 8, "aeiouq")


def number(size: int = 11) -> str:
    """Make a national number."""
    return "0" + "".join(CHANCE.choices(string.digits[1:], k=size - 1))


def wrong(words: str, address: str) -> list[str]:
    """Return the codes of what is wrong with a link."""
    return [one.code for one in (*check_address(address), *check_words(words, address))]


@pytest.mark.parametrize("dot", DOTS)
@pytest.mark.parametrize("case", [str.lower, str.upper, lambda host: f"www.{host}", lambda host: f"https://{host}/x"])
@pytest.mark.parametrize("around", ["{}", "Visit {} now", "({})", "“{}”", "{}.", "See {}, please", "{}/help"])
def test_a_host_in_any_form_is_compared(dot: str, case: type[str], around: str) -> None:
    """Whatever its ending, dots and letters: the same host is right, and another one is an error."""
    for _ in range(20):
        host = f"{label()}.{ending()}"
        shown = around.format(case(host).replace(".", dot))
        assert [] == wrong(shown, f"https://{host}/a"), shown
        assert [] == wrong(shown, f"https://www.{host}/a"), shown
        for other in (f"{label()}.example", f"{host}.example", f"x{host}", host.replace(".", "-") + ".com"):
            assert ["link-words"] == wrong(shown, f"https://{other}/{host}"), (shown, other)
        assert "link-words" in wrong(f"https://{label()}.example@{host}/", f"https://{host}/")
        assert ["link-words"] == wrong(f"{label(5)}.{ending()}".title(), "https://a.example/")
        assert "link-words" in wrong(shown, f"tel:{number()}")
        assert "link-words" in wrong(shown, f"mailto:x@{label()}.example")


@pytest.mark.parametrize(("at", "dot"), [*product("@＠﹫", DOTS)])
def test_a_mailbox_in_any_form_is_compared(at: str, dot: str) -> None:
    """With every form of @, and spaces that are hardly seen beside it."""
    for space in ("", "\u2009", "\u200a", "\u202f"):
        name, host = label(), f"{label()}.{ending()}"
        shown = f"{name}{space}{at}{space}{host.replace('.', dot)}"
        assert [] == wrong(shown, f"mailto:{name}@{host}")
        for address in (f"mailto:x@{host}", f"mailto:{name}@x.example", "https://x.example/", f"tel:{number()}"):
            assert "link-words" in wrong(shown, address), (shown, address)


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("gap", GAPS)
def test_a_number_in_any_form_is_compared(digits: str, gap: str) -> None:
    """Whatever its digits and what is between them: the number itself is right, any other is an error."""
    for _ in range(10):
        typed = (
            "02" + number()[2:9] + "34"
        )  # letters alone are a word, so each group has a digit that no letter is like
        groups = [typed[:4], typed[4:9], typed[9:]]
        shown = gap.join("".join(digits[int(one)] for one in group) for group in groups)
        for around in ("{}", "Call {} now", "☎ {}", "{} (24 hours, 365 days)", "{}, 24/7"):
            words = around.format(shown)
            assert [] == wrong(words, f"tel:{typed}"), words
            assert [] == wrong(words, f"tel:+44{typed[1:]}"), words
            for other in (
                typed[:-1] + str((int(typed[-1]) + 1) % 10),
                typed[1:],
                "09" + typed[2:-1] + "00",
                "+" + typed[1:],
            ):
                assert "link-words" in wrong(words, f"tel:{other}"), (words, other)


@pytest.mark.parametrize("around", ["{} ({})", "{} or {}", "{}, {}", "{}\u2003{}"])
def test_no_number_hides_beside_the_right_one(around: str) -> None:
    """A second number is an error, in either order."""
    for _ in range(20):
        one, other = number(), number(CHANCE.randint(8, 11))
        assert "link-words" in wrong(around.format(one, other), f"tel:{one}")
        assert "link-words" in wrong(around.format(other, one), f"tel:{one}")
        assert [] == wrong(around.format(one, "+44 " + one[1:]), f"tel:{one}")


def test_words_that_are_a_number_lead_to_a_call() -> None:
    """A number in the words of a link to a page or to a mailbox is an error; dates, years and amounts are none."""
    for _ in range(50):
        typed = number(CHANCE.randint(9, 11))
        for shown in (typed, f"Call {typed[:4]} {typed[4:]}", f"+44 {typed[1:5]} {typed[5:]} (free)"):
            assert ["link-words"] == wrong(shown, "https://a.example/"), shown
            assert ["link-words"] == wrong(shown, "mailto:x@a.example"), shown
        year, day = CHANCE.randint(1900, 2099), CHANCE.randint(1, 28)
        for shown in (
            f"{year}–{year + 1}",
            f"{day:02}/05/{year}",
            f"{day:02}.05.{year}",
            f"{year}-05-{day:02}",
            f"{day} 000 000 €",
        ):
            assert [] == wrong(shown, "https://a.example/"), shown


def test_only_the_code_of_the_country_may_be_left_out(tmp_path: Path) -> None:
    """A number without the country code may be called with that of the site's country, and with no other."""
    regions = ("GB", "US", "FR", "DE", "IE", "AE", "BR", "JP", "FI")
    assert ["44", "1", "33", "49", "353", "971", "55", "81", "358"] == [country_code(f"en-{one}") for one in regions]
    site = Site(tmp_path)
    for code in map(str, range(1, 1000)):
        found, left_out = compare("0808 800 1234", f"+{code}8088001234")
        assert left_out in ({code}, {code.removesuffix("0")}) or found == "0808 800 1234"
    for code in ("1", "33", "252", "979", "882"):
        for shown in ("0808 800 1234", "116 123", "808-800-1234"):
            called = shown.removeprefix("0").replace(" ", "").replace("-", "")
            site.write("content/briefs/hours.md", brief(body=f"[{shown}](tel:+{code}{called}).\n"))
            assert ["link-words"] == codes(site.errors()), (code, shown)
            site.write("content/briefs/hours.md", brief(body=f"[{shown}](tel:+44{called}).\n"))
            assert not site.errors()


def test_a_site_without_a_country_has_one_code(tmp_path: Path) -> None:
    """Where the language names no country, the code that most files leave out is the right one."""
    site = Site(tmp_path)
    site.edit("content/site.yaml", "language: en-GB", "language: cy")
    for name in ("one", "two"):
        site.write(f"content/briefs/{name}.md", brief(f"The {name}", body="[0808 800 1234](tel:+448088001234).\n"))
    assert not site.errors()
    site.write("content/briefs/three.md", brief("The third", body="[0808 800 1234](tel:+2528088001234).\n"))
    assert [("content/briefs/three.md", "link-words")] == [(one.path, one.code) for one in site.errors()]


@pytest.mark.parametrize("sign", sorted({*map(chr, range(0x20, 0x7F))} | {*"⁄∕╱⧸⫻∖＼：／？＃＠。%\u2044"}))
def test_an_address_can_be_read_in_one_way(sign: str) -> None:
    """A character in a host, a number or a mailbox either ends it for all programs, belongs to it, or is refused."""
    if host_of(f"https://good.example{sign}evil.example/") not in ("good.example",):
        inside = sign.isalnum() or sign in ".-_。"
        assert inside != bool([*check_address(f"https://good.example{sign}evil.example/")])
    assert (sign.isascii() and (sign.isdigit() or sign in " ().-")) != bool([*check_address(f"tel:08{sign}08")])
    assert bool([*check_address(f"tel:0808{sign}")]) != (sign.isascii() and sign.isdigit())
    for part in ("{}", "x{}", "{}x"):
        assert [*check_address("mailto:" + part.format(sign))]
    if sign not in "?&%#":
        allowed = sign.isalnum() or sign in ".-_!$'*+={}|~^`&"
        assert allowed != bool([*check_address(f"mailto:a{sign}b@c.example")]), sign


@pytest.mark.parametrize(
    "start",
    [
        "https:",
        "https:/",
        "https:///",
        "https:\\\\",
        "https:/\\",
        "http:",
        "HTTPS:////",
        "https:\t//",
        "h\nttps://",
        "https://http://",
        "https://@",
        "https://:80",
        "https://x@",
    ],
)
def test_an_address_that_browsers_mend_is_refused(tmp_path: Path, start: str) -> None:
    """Without the two slashes and a host that follows them, in a text and in every field that holds an address."""
    typed = f"{start}evil.example/"
    assert [*check_address(typed)] or not typed.lower().startswith("http")
    site = Site(tmp_path)
    quoted = '"' + typed.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") + '"'
    places = {
        "content/organisations.yaml": "- {id: o, name: A, summary: B, as_of: 2026-01-01, url: %s}\n",
        "content/support.yaml": "- {id: s, name: A, who_for: B, checked: not-yet, url: %s}\n",
        "content/sources.yaml": "- {id: r, type: report, title: T, publisher: P, issued: 2025, tier: primary, URL: %s}\n",
    }
    for path, text in places.items():
        site.write(path, text % quoted)
    site.edit("content/site.yaml", '"https://weather.example/"', quoted)
    assert {*places, "content/site.yaml"} == {one.path for one in site.errors()}


@pytest.mark.parametrize(
    ("shown", "dialled"),
    [
        ("0808 800 1234", "08088001234"), ("+44 (0)808 800 1234", "+448088001234"), ("0044 808 800 1234", "+448088001234"), ("٠٨٠٨٨٠٠", "0808800"),
        ("(020) 7946-0958", "02079460958"), ("0808‑800‑1234", "08088001234"), ("116 123", "116123"), ("15", "15"), ("𝟎𝟖𝟎𝟖", "0808"), ("⓪⑧⓪⑧", "0808"),
        ("1e9", ""), ("inf", ""), ("nan", ""), ("0808_800_123", ""), ("0808 800+979", ""), ("0808 800 1234 (or 0909)", ""), ("+0808", ""), ("1e400", ""),
        ("Text HELLO to 85258", ""), ("*21*0808#", ""), ("0808, 0909", ""), ("", ""), ("9", ""),
    ],
)  # fmt: skip
def test_the_number_of_a_service_is_what_is_dialled(tmp_path: Path, shown: str, dialled: str) -> None:
    """One number becomes a link that calls it; any other words stay words."""
    assert dialled == dial(shown)
    if shown:
        site = Site(tmp_path)
        site.write("content/support.yaml", f'- {{id: s, name: A, who_for: B, checked: not-yet, number: "{shown}"}}\n')
        site.good(search=False)
        assert (f'href="tel:{dialled}"' in site.read("output/support/index.html")) == bool(dialled)


def test_a_locator_names_no_other_host(tmp_path: Path) -> None:
    """Where in a source words are is shown beside the link to it."""
    site = Site(tmp_path)
    for at, (passage, cited) in {"www.gov.uk": ("p. 1", "@s, www.gov.uk"), "gov.uk": ("gov.uk/x", "@s#p")}.items():
        site.write(
            "content/sources.yaml",
            "- {id: s, type: report, title: T, publisher: P, issued: 2025, tier: primary, URL: 'https://a.example/',"
            f" passages: [{{id: p, locator: {passage}, says: It is so.}}]}}\n",
        )
        site.write("content/briefs/hours.md", brief(body=f"It opens [{cited}].\n"))
        assert ["link-words"] == codes(site.errors()), at


def test_an_internationalised_host_may_be_in_every_field(tmp_path: Path) -> None:
    """As it is typed, which HTML allows, and as Punycode; in a text too."""
    site = Site(tmp_path)
    for host in (
        "bücher.example",
        "xn--bcher-kva.example",
        "пример.рф",
        "उदाहरण.भारत",
        "例え.jp",
        "مثال.مصر",
        "straße.example",
    ):
        site.write(
            "content/organisations.yaml",
            f"- {{id: o, name: A, summary: B, as_of: 2026-01-01, url: 'https://{host}/'}}\n",
        )
        site.write("content/briefs/hours.md", brief(body=f"[There](https://{host}/a), <https://{host}/b>, [[o]].\n"))
        site.good(search=False)
        assert f'href="https://{host}/"' in site.read("output/organisations/o/index.html")
