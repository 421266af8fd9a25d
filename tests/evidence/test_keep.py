"""Copies are kept politely and whole; whatever a server does, nothing is half kept, and the next run goes on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.evidence.compare import compare
from briefing.evidence.keep import LARGEST, Outcome, keep
from briefing.linkcheck.client import Politeness
from briefing.parse.evidence_lock import EVIDENCE, read_evidence
from tests.linkcheck.test_health import Deed, Handler, Web, say
from tests.sites import MakeSite, Site

QUICK = Politeness(between=0.5, waits=(3.0,), time_out=5.0, whole=5.0, local=True)
PDF = (Path(__file__).parent / "corpus" / "wall-reportlab.pdf").read_bytes()
PAGE = b"<!doctype html><title>T</title><p>" + b"The wall was built between 1961 and 1964, they said. " * 20


@pytest.fixture
def web() -> Iterator[Web]:
    """A server that asks nothing of programs."""
    from threading import Thread

    with Web() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        server.lay("/robots.txt", say(404))
        yield server
        server.closing.set()
        server.shutdown()


def give(data: bytes, media: str = "text/html", announced: int | None = None) -> Deed:
    """Answer with a document; perhaps announce more than comes."""

    def deed(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Type", media)
        handler.send_header("Content-Length", str(len(data) if announced is None else announced))
        handler.end_headers()
        handler.wfile.write(data)
        handler.close_connection = True

    return deed


def source(name: str, address: str, passages: str = "") -> str:
    """Return a source as YAML."""
    url = f"  URL: {address}\n" if address else ""
    return f"- id: {name}\n  type: webpage\n  title: On {name}\n  issued: 2026\n  tier: news\n{url}{passages}"


def run(one: Site, *named: str, file: Path | None = None, politeness: Politeness = QUICK) -> list[Outcome]:
    """Keep copies without waiting."""
    pauses: list[float] = []
    return list(keep(one.project(), named, file, politeness, pauses.append))


def copies(one: Site) -> dict[str, bytes]:
    """Return the kept copies by name, and check that each is what its name says."""
    found = {path.name: path.read_bytes() for path in (one.root / "kept").iterdir() if path.name != ".gitignore"}
    assert all(name.partition(".")[0] == hashlib.sha256(data).hexdigest() for name, data in found.items())
    return found


def test_a_document_is_kept_by_its_digest_and_noted(site: MakeSite, web: Web) -> None:
    """Its bytes are in a folder that git ignores; the lock names digest, day, type and pages; no page is asked twice."""
    one = site(f"-- content/sources.yaml --\n{source('wall', web.lay('/wall.pdf', give(PDF, 'application/pdf')))}")
    assert run(one) == [Outcome("wall", True, "kept as pdf, 2 pages")]
    assert list(copies(one).values()) == [PDF]
    assert "\n*\n" in one.read("kept/.gitignore")
    [(_, copy)] = read_evidence((one.root / EVIDENCE).read_bytes())[0].copies
    assert (copy.day, copy.type, copy.pages, copy.digest) == ("2026-03-01", "pdf", 2, hashlib.sha256(PDF).hexdigest())
    assert run(one) == []
    assert web.asked == ["GET /robots.txt", "GET /wall.pdf"]


BAD = {
    "missing": ([say(404)], "nothing is at its address (status 404)"),
    "refused": ([say(403)], "the server refused it (status 403)"),
    "wait-long": ([say(429, Retry_After="9999")], "the server accepts no more requests for now (status 429)"),
    "down": ([say(503)], "the server failed (status 503)"),
    "cut-off": ([give(PDF[:900], "application/pdf", len(PDF))], "the server failed"),
    "login": (
        [give(b"<!doctype html><form><input type=password></form>")],
        "not kept: the address shows a page to log in",
    ),
    "script": (
        [give(b"<!doctype html><div id=app></div><script src=a.js></script>")],
        "not kept: the page shows its text",
    ),
    "empty": ([give(b"")], "not kept: it is empty"),
    "in-place.pdf": ([give(PAGE)], "not kept: the address shows a web page in the place of the document"),
    "loop": ([say(302, Location="/loop")], "the server failed (status 302)"),
    "away": ([say(302, Location="file:///etc/passwd")], "the server failed (status 302)"),
}


def test_whatever_a_server_does_is_what_the_writer_reads(site: MakeSite, web: Web) -> None:
    """Each kind of answer has its own words, nothing of it is kept, and the good source among them is."""
    text = "".join(source(name.partition(".")[0], web.lay(f"/{name}", *deeds)) for name, (deeds, _) in BAD.items())
    one = site(f"-- content/sources.yaml --\n{text}{source('good', web.lay('/good', give(PAGE)))}")
    outcomes = {outcome.source: outcome for outcome in run(one)}
    for name, (_, words) in BAD.items():
        got = outcomes[name.partition(".")[0]]
        assert (got.done, got.words[: len(words)]) == (False, words), name
    assert outcomes["good"].done
    assert list(copies(one).values()) == [PAGE]


def test_addresses_that_are_not_public_are_not_asked(site: MakeSite, web: Web) -> None:
    """The writer reads why nothing came, and the server was not asked."""
    one = site(f"-- content/sources.yaml --\n{source('near', web.lay('/near', give(PAGE)))}")
    [outcome] = run(one, politeness=replace(QUICK, local=False))
    assert (outcome.done, web.asked) == (False, [])
    assert outcome.words.startswith("addresses of this computer or of a private network are not asked")


def test_temporary_failures_are_asked_again_and_redirects_are_noted(site: MakeSite, web: Web) -> None:
    """After one failure the document comes; the lock says where it came from."""
    moved = web.lay("/old", say(301, Location="/new"))
    web.lay("/new", give(PDF[:500], "application/pdf", 999), give(PDF, "application/pdf"))
    one = site(f"-- content/sources.yaml --\n{source('wall', moved)}")
    assert run(one) == [Outcome("wall", True, f"kept as pdf, 2 pages, from {web.address('/new')}")]
    assert "GET /old" == web.asked[1]


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: briefing-link-check\nDisallow: /pri\n", False),
        ("User-agent: *\nDisallow: /other\n", True),
        ("User-agent: someone-else\nDisallow: /\n", True),
    ],
)
def test_what_a_site_closes_to_programs_is_not_asked_for(site: MakeSite, web: Web, rules: str, kept: bool) -> None:
    """`robots.txt` is read once for each host and obeyed, also where a redirect leads."""
    web.lay("/robots.txt", give(rules.encode(), "text/plain"))
    web.lay("/private", give(PAGE))
    one = site(f"-- content/sources.yaml --\n{source('a', web.lay('/public', say(302, Location='/private')))}")
    [outcome] = run(one)
    assert outcome.done == kept
    assert ("GET /private" in web.asked) == kept
    assert kept or "asks programs not to read" in outcome.words
    assert 1 == web.asked.count("GET /robots.txt")


def test_a_document_that_never_ends_is_left(site: MakeSite, web: Web) -> None:
    """More bytes than are kept end the download, and nothing of it stays."""

    def pour(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.end_headers()
        piece = b"x" * 2**20
        try:
            for _ in range(LARGEST // len(piece) + 50):
                handler.wfile.write(piece)
        except OSError:
            pass
        handler.close_connection = True

    one = site(f"-- content/sources.yaml --\n{source('endless', web.lay('/endless', pour))}")
    [outcome] = run(one)
    assert (outcome.done, outcome.words[:16]) == (False, "it has more than")
    assert {} == copies(one)


def test_a_file_is_kept_as_if_it_had_been_downloaded(site: MakeSite, tmp_path: Path) -> None:
    """What no program may read is saved by a person and taken from there."""
    (tmp_path / "saved.pdf").write_bytes(PDF)
    one = site(f"-- content/sources.yaml --\n{source('wall', '')}")
    assert (
        run(one, "wall")[0].words == "it has no address to link to; save it with a browser, then: keep wall --from FILE"
    )
    assert run(one, "wall", file=tmp_path / "saved.pdf") == [Outcome("wall", True, "kept as pdf, 2 pages")]


def test_two_runs_at_once_are_as_one_after_the_other(site: MakeSite, web: Web) -> None:
    """Both wait for each other, so the lock has every copy and no address is asked twice."""
    text = "".join(source(f"s{n}", web.lay(f"/{n}", give(PAGE + str(n).encode()))) for n in range(6))
    one = site(f"-- content/sources.yaml --\n{text}")
    with ThreadPoolExecutor(2) as pool:
        done = [outcome for outcomes in pool.map(lambda _: run(one), range(2)) for outcome in outcomes]
    assert sorted(outcome.source for outcome in done) == [f"s{n}" for n in range(6)]
    assert 6 == len(copies(one)) == len(read_evidence((one.root / EVIDENCE).read_bytes())[0].copies)
    assert 6 == sum("robots" not in one for one in web.asked)


def test_a_run_that_is_killed_goes_on_where_it_was(site: MakeSite, web: Web) -> None:
    """Killed in the middle of a document, the run leaves whole copies only; the next asks for the rest alone."""

    def stall(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half of it")
        handler.wfile.flush()
        process.kill()
        web.closing.wait(20)
        handler.close_connection = True

    text = source("a", web.lay("/a", give(PAGE))) + source("b", web.lay("/b", stall, give(PDF, "application/pdf")))
    one = site(f"-- content/sources.yaml --\n{text}{source('c', web.lay('/c', give(PAGE + b'c')))}")
    code = f"""
from pathlib import Path
from briefing.evidence.keep import keep
from briefing.linkcheck.client import Politeness
from briefing.project import Project
project = Project.at(Path({str(one.root)!r}), "2026-03-01")
for outcome in keep(project, (), None, Politeness(between=0, waits=(), time_out=20, local=True)):
    print(outcome.source, flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", code], cwd=REPOSITORY, stdout=subprocess.PIPE)
    assert process.communicate()[0].split() == [b"a"]
    (one.root / "kept" / ".briefing-part-0123").write_bytes(b"half")
    web.closing.set()
    assert list(copies_whole(one).values()) == [PAGE]
    assert [outcome.source for outcome in run(one)] == ["b", "c"]
    assert 3 == len(copies(one))
    assert 1 == web.asked.count("GET /a")


def copies_whole(one: Site) -> dict[str, bytes]:
    """Return the kept copies without unfinished files."""
    return {path.name: path.read_bytes() for path in (one.root / "kept").glob("[0-9a-f]*")}


def test_a_copy_that_was_cut_off_or_changed_is_not_taken_for_whole(site: MakeSite, tmp_path: Path) -> None:
    """The digest is compared before the words are: a damaged copy gives no result, and is kept again when asked."""
    passage = "  passages: [{id: p, locator: p. 1, says: Built., words: was built between 1961 and 1964}]\n"
    (tmp_path / "saved.pdf").write_bytes(PDF)
    one = site(f"-- content/sources.yaml --\n{source('wall', '', passage)}")
    run(one, "wall", file=tmp_path / "saved.pdf")
    [name] = copies(one)
    assert ["found"] == [got.result.state for got in compare(one.project())]
    before = one.read(EVIDENCE)
    one.write(f"kept/{name}", PDF[:2000])
    assert [] == list(compare(one.project()))
    assert before == one.read(EVIDENCE), "what was found in the whole copy stays"
    run(one, "wall", file=tmp_path / "saved.pdf")
    assert [PDF] == list(copies(one).values())


def test_nothing_outside_the_folder_is_written(site: MakeSite, tmp_path: Path) -> None:
    """A folder that is a link to another place is refused, and so is a lock that is one."""
    (tmp_path / "saved.pdf").write_bytes(PDF)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    one = site(f"-- content/sources.yaml --\n{source('wall', '')}")
    (one.root / "kept").symlink_to(elsewhere)
    finished = one.run("keep", "wall", "--from", str(tmp_path / "saved.pdf"))
    assert (finished.returncode, [*elsewhere.iterdir()]) == (1, [])
    assert "symbolic" in finished.stderr


def test_the_command_says_what_it_kept_and_what_to_do(site: MakeSite, tmp_path: Path) -> None:
    """`keep ID --from FILE`, then `evidence`: three lines each; wrong use is 2."""
    passages = """  passages:
    - {id: built, locator: p. 1, says: When it was built., words: was built between 1961 and 1964}
    - {id: cost, locator: p. 1, says: What it cost., words: The costs were met in part by the county}
    - {id: crack, locator: p. 1, says: A crack., words: On 3 February 2009 a jogger reported a crack}
"""
    (tmp_path / "saved.pdf").write_bytes(PDF)
    one = site(f"-- content/sources.yaml --\n{source('wall', 'https://wall.example/', passages)}")
    kept = one.run("keep", "wall", "--from", str(tmp_path / "saved.pdf"))
    assert (kept.returncode, kept.stdout) == (0, "wall: kept as pdf, 2 pages\n")
    compared = one.run("evidence")
    assert compared.returncode == 1
    assert "wall#crack: not found; the nearest place: page 1, " in compared.stdout
    assert "a [-jogger-] {+walker+} reported" in compared.stdout
    assert "1 found, 0 elsewhere, 2 not found" in compared.stderr
    assert 2 == one.run("keep", "--from", "x.pdf").returncode == one.run("evidence", "nothing").returncode
    assert json.loads(one.read(EVIDENCE))["passages"]["wall#built"]["state"] == "found"
    assert "walker" not in one.read(EVIDENCE) and "1961" not in one.read(EVIDENCE), "no words of a source"
