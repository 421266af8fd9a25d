"""Words of links that name another address than the one to which they lead, and hosts that look like others."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.link_words import check_words
from briefing.text.web_addresses import check_address, host_of, is_local_address
from tests.sites import DEFAULT, Site, brief, codes, document

BELIED = [
    "[www.samaritans.org](https://evil.example)", "[samaritans.org](https://evil.example/)", "[Visit samaritans.org now](https://evil.example)",
    "[https://samaritans.org/help](https://evil.example)", "[HTTPS://SAMARITANS.ORG](https://evil.example)", "[SAMARITANS.ORG](https://evil.example)",
    "[samaritans.org](https://samaritans.org.evil.example)", "[samaritans.org](https://notsamaritans.org)", "[**sam**aritans.org](https://evil.example)",
    "[samaritans&#46;org](https://evil.example)", "[samaritans。org](https://evil.example)", "[www.ѕamaritans.org](https://www.samaritans.org)",
    "[samaritans.org](https:evil.example)", "[samaritans.org](https:///evil.example)",
    "[samaritans.org](https://%65vil.example)", "[samaritans.org](mailto:me@evil.example)", "[samaritans.org](tel:0900123456)",
    "[x](https://samaritans.org@evil.example/)", "<https://samaritans.org@evil.example/>", "[x](https://a:b@evil.example/)", "[x](https://a%40b@evil.example/)",
    "[samaritans.org][e]\n\n[e]: https://evil.example", "[пример.рф](https://evil.example)",
    "[0808 800 1234](tel:09001234567)", "[0808 800 1234](tel:0900808)", "[999](tel:0900999)", "[116 123](tel:116124)", "[+44 20 7946 0958](tel:+442079460959)",
    "[call 0808 800 1234 now](tel:+4490012345)", "[٠٨٠٨ ٨٠٠ ١٢٣٤](tel:09001234567)", "[0808-800-1234](tel:0808%208001235)", "[0808 800 1234](https://evil.example)",
    "[me@a.org](mailto:me@b.org)", "[me@a.org](mailto:me@a.org?bcc=spy@b.org)", "[me@a.org](mailto:me@a.org,spy@b.org)", "[me@a.org](https://b.org)",
    "[me@a.org](mailto:you@a.org)", "[me@a.org](mailto:?to=me@b.org)", "[![www.samaritans.org](map.svg)](https://evil.example)",
]  # fmt: skip
HONEST = [
    "[www.samaritans.org](https://www.samaritans.org/)", "[samaritans.org](https://www.samaritans.org/help)", "[gov.uk](https://www.gov.uk/x)",
    "[www.bbc.co.uk/weather](https://bbc.co.uk/weather)", "<https://www.gov.uk/a?b=c>", "<me@a.org>", "[me@a.org](mailto:me@a.org?subject=Hi&body=Dear%20all,%0D%0AHi)",
    "[ME@a.org](mailto:me@A.org)", "[0808 800 1234](tel:08088001234)", "[0808 800 1234](tel:+448088001234)", "[+44 (0)808 800 1234](tel:+448088001234)",
    "[116 123](tel:116123)", "[0808 800 1234 (24 hours, 365 days)](tel:0808-800-1234)", "[Childline](tel:08001111)", "[Write to us](mailto:me@a.org)",
    "[The report, p. 12](https://a.org/x.pdf)", "[report.pdf](https://a.org/1)", "[build.py](https://github.com/x)", "[e.g. this](https://a.org)",
    "[16 June 2025](https://a.org)", "[2025-06-16](https://a.org)", "[ISBN 978-0-14-103614-4](https://a.org)", "[£1.5 million](https://a.org)",
    "[bücher.de](https://xn--bcher-kva.de/)", "[пример.рф](https://xn--e1afmkfd.xn--p1ai/)", "[пример.рф](https://пример.рф/)", "[Node.js](https://nodejs.org)",
    "[ASP.NET](https://dotnet.example)", "[كتاب](https://مثال.مصر/)", "[@a@mastodon.social](https://mastodon.social/@a)", "[x](https://a.org/@name)",
    "[می‌خواهم](https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE)", "[Case 2025/01234](https://a.org)", "[v1.2.3](https://a.org)", "[x](https://a.org/%AD%ff)",
]  # fmt: skip


@pytest.mark.parametrize("typed", BELIED)
def test_words_that_belie_their_address_are_an_error(typed: str) -> None:
    """However the words or the address are written, words that name another goal are reported, once."""
    found = codes(document(brief(body=typed + "\n")).problems)
    assert (1, {"link-words"}) == (
        found.count("link-words"),
        set(found) - {"control-character", "link-scheme", "unknown-link"},
    )


@pytest.mark.parametrize("typed", HONEST)
def test_honest_links_are_no_error(typed: str) -> None:
    """The same goal in other forms, other words, and numbers that are no telephone numbers."""
    assert [] == codes(document(brief(body=typed + "\n")).problems)


@pytest.mark.parametrize(
    "hidden", ["%E2%80%AE", "%e2%80%8b", "%C2%AD", "%EF%BB%BF", "%F3%A0%81%81", "%E2%80%A8", "%00"]
)
@pytest.mark.parametrize(
    "typed",
    ["[x](https://a.org/{})", "[x](mailto:a{}@a.org)", "<https://a.org/?q={}>", "[x][e]\n\n[e]: https://a.org/#{}"],
)
def test_an_address_hides_nothing(typed: str, hidden: str) -> None:
    """A character that nobody sees is refused after decoding too."""
    assert ["control-character"] == codes(document(brief(body=typed.format(hidden) + "\n")).problems)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('exit: {url: "https://weather.example/", label: Leave}', 'exit: {url: "https://evil.example/", label: www.weather.example}'),
        ('exit: {url: "https://weather.example/", label: Leave}', 'exit: {url: "https://weather.example@evil.example/", label: Leave}'),
        ("licence: {name: CC BY 4.0", "licence: {name: www.cc.example"),
        ("publisher: {name: Friends of the Library}", 'publisher: {name: friends.example, url: "https://evil.example/"}'),
    ],
)  # fmt: skip
def test_settings_do_not_deceive(tmp_path: Path, old: str, new: str) -> None:
    """The exit, the licence and the publisher are links too."""
    site = Site(tmp_path, default=DEFAULT.replace(old, new))
    assert {"link-words", "wrong-form"} & {*codes(site.errors())}


def test_a_service_does_not_deceive() -> None:
    """The name of a support service that is a host leads to that host."""
    text = "- {id: h, name: www.samaritans.org, who_for: All, url: 'https://evil.example/', checked: not-yet}\n"
    assert "link-words" in codes(document(text, "support", "content/support.yaml").problems)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ("https://sаmaritans.org/", "U+0430"), ("https://xn--smaritans-0yh.org/", "U+0430"), ("https://www.samar1tans.org/", ""),
        ("https://sarnaritans.org/", ""), ("https://samaritаns.org:443/", "U+0430"), ("https://www.samarıtans.org/", "U+0131"), ("https://аррӏе.com/", "U+0430"), ("https://paypaӏ.com/", "U+04CF"),
        ("https://gοv.uk/", "U+03BF"),
    ],
)  # fmt: skip
def test_hosts_that_look_alike_are_reported(tmp_path: Path, other: str, named: str) -> None:
    """A host that looks like another one of the site, or like one in Latin letters; the letters are named."""
    cited = "[a](https://www.samaritans.org/) " if "s" in other[8:] else ""
    site = Site(tmp_path)
    site.write("content/briefs/hours.md", brief(body=f"See {cited}[there]({other}).\n"))
    [problem] = [one for one in site.check() if one.code == "lookalike-host"]
    assert named in problem.message
    assert (problem.path, problem.line) == ("content/briefs/hours.md", 6)


def test_honest_hosts_of_other_scripts_are_no_problem(tmp_path: Path) -> None:
    """Names in one script, also beside their Latin forms."""
    hosts = "bücher.de bucher.de пример.рф рак.рф مثال.مصر 例え.jp 東京tokyo.jp παράδειγμα.ελ उदाहरण.भारत sørensen.dk łódź.pl a1.example l2.example"
    site = Site(tmp_path)
    site.write(
        "content/briefs/hours.md", brief(body=" ".join(f"[x](https://{host}/)" for host in hosts.split()) + "\n")
    )
    assert "lookalike-host" not in codes(site.check())


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://A.org:8/x", "a.org"), ("https:a.org", "a.org"), ("https:\\\\a.org", "a.org"), ("http:///a.org/b", "a.org"), ("ht\ntps://a\t.org", "a.org"),
        ("https://ａ.org", "a.org"), ("https://u:p@a.org", "a.org"), ("mailto:a@b.c", ""), ("https://[", ""), ("/a/", ""), ("https://xn--e1afmkfd.xn--p1ai", "пример.рф"),
    ],
)  # fmt: skip
def test_a_host_is_the_one_to_which_browsers_go(address: str, host: str) -> None:
    """Spaces, slashes, wide letters and Punycode are read as browsers read them."""
    assert host == host_of(address)


def test_long_words_take_little_time() -> None:
    """Words and addresses of a hundred kilobytes are read in time."""
    for piece in ("a.", "a@", "1 ", "www.", "%E2", "x" * 50 + ".", "(0)", "1" * 20 + "-"):
        words = piece * (20_000 // len(piece))
        list(check_words(words, "https://a.org"))
        list(check_words(words, "tel:1"))
        list(check_address(f"https://a.org/{words}"))


def _v4(number: int) -> str:
    return str(IPv4Address(number))


NETWORKS = [*map(IPv4Network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"))]
LOCAL = st.one_of(
    st.builds(lambda net, place: str(net[place]), st.sampled_from(NETWORKS), st.integers(0, 2**16 - 1)),
    st.builds("[{}{:x}]".format, st.sampled_from(["fe80::", "fd00::", "::ffff:10.0.0.", "::"]), st.integers(1, 9)),
    st.sampled_from(
        ["localhost", "wiki", "LOCALHOST", "a.localhost.", "files.local", "nas.home.arpa", "a.Internal", "b.lan."]
    ),
)


@given(LOCAL, st.sampled_from(["http://{}/", "https://{}", "http://{}:8000/x?y#z"]))
def test_an_address_within_a_network_is_told(host: str, typed: str) -> None:
    """Once, as a warning, in a text as in a field; no other problem is at its place."""
    assert ["local-address"] == [one.code for one in check_address(typed.format(host))]


@given(st.integers(0, 2**32 - 1).filter(lambda number: not is_local_address(IPv4Address(number))).map(_v4))
def test_addresses_of_the_internet_are_no_problem(host: str) -> None:
    """Nor are hosts, whatever their last part is called."""
    assert [] == [
        *check_address(f"https://{host}/"),
        *check_address("https://local.example.org/"),
        *check_address("https://a.onion/"),
    ]


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{0}", "{0:#x}", "{1}.{2:#x}", "0{1:o}.{2}", "{1}.{2}"]))
def test_other_forms_of_an_address_are_no_host(number: int, form: str) -> None:
    """Numbers, and parts in hexadecimal or octal digits, which browsers take for an address and readers do not."""
    host = form.format(number, number >> 24, number & 0xFFFFFF)
    assert {"unknown-link"} == {one.code for one in check_address(f"http://{host}/")}
