"""A name on the list is never published and never printed, wherever it is typed and however it is written.

The places are those of the schemas and of Markdown (`tests/payloads.py`), and those outside of content; the ways to
write a name are those of `tests/spellings.py`. All places: `make fuzz`.
"""

from __future__ import annotations

import json
import os
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from briefing.check.name_list import LIST, add
from briefing.cli.main import main
from briefing.incremental.memo import Memo
from briefing.pipeline.report import Report, excerpts
from briefing.preview.messages import status_json
from briefing.preview.session import Session
from briefing.problems import as_github, as_json, as_text
from briefing.text.letters import fold, latin
from tests.check.test_names import QUICK
from tests.payloads import Book, Place
from tests.sites import NOW, Site, brief
from tests.spellings import CHANGES, HOLDERS, SHAPES, Name, words
from tests.tracker import OTHERS, bridges, written

MAP = '<svg viewBox="0 0 40 30"></svg>'
PLACES = int(os.environ.get("BRIEFING_PLACES", "30"))
"""Places of content that are tried in one run."""
LONG = words().filter(lambda word: len(word) > 5)
"""Words that are in no other word by chance."""
SPACED = [shape for shape in SHAPES if shape not in ("a line break", "a mailbox", "an initial in a mailbox")]


def shown(printed: str, name: Name) -> bool:
    """Whether a word of a name is in what is printed, in whatever letters."""
    plain = "".join(filter(str.isalpha, latin(fold(unicodedata.normalize("NFKC", printed))))).casefold()
    return any(latin(fold(word)).casefold() in plain for word in (name.first, name.last))


def outputs(report: Report) -> Iterator[str]:
    """Return what each format prints of a report."""
    yield as_text(report.problems, excerpts(report.snapshot), False)
    yield as_json(report.problems)
    yield as_github(report.problems)


@st.composite
def spelled(draw: st.DrawFn) -> tuple[Name, str]:
    """Return a name and one way to write it on one line."""
    name = draw(st.builds(Name, LONG, LONG).filter(lambda name: name.first != name.last))
    change = draw(CHANGES[draw(st.sampled_from(sorted(CHANGES)))])
    shape = SHAPES[draw(st.sampled_from(SPACED))]
    return name, change(shape(name, draw(words(accented=False))))


def drawn(count: int, number: int) -> list[tuple[Name, str]]:
    """Return names, each with a way to write it; another number gives others."""
    found: list[tuple[Name, str]] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(spelled())
    def collect(one: tuple[Name, str]) -> None:
        found.append(one)

    collect()
    return found


def typed(place: Place, text: str) -> str:
    """Return what is typed in a place, with a text in it."""
    quoted = json.dumps(text, ensure_ascii=False)
    if place.shape == "way":
        return place.around.replace("¤", text)
    return place.around.replace("{}", quoted[1:-1]) if place.around else quoted


def unsafe(site: Site, memo: Memo, name: Name) -> list[str]:
    """Return what is wrong with a site that holds a name: files that are written with it, and messages that show it."""
    report = site.build(memo, dry_run=True)
    wrong = [text for text in outputs(report) if shown(text, name)]
    if "guarded-name" not in [one.code for one in report.problems if one.level == "error"]:  # it is in no page, then
        files = site.result(memo).files
        wrong += [
            file.path for file in files if shown(f"{file.path} {file.data.value.decode('utf-8', 'replace')}", name)
        ]
    return wrong


def test_no_place_of_content_publishes_or_shows_a_name(tmp_path: Path) -> None:
    """In every field of every kind and every construct of Markdown, a name stops the build, and no message shows it."""
    book, site, memo = Book(), Site(tmp_path, f"-- assets/map.svg --\n{MAP}\n"), Memo()
    book.write(site)
    source = random.Random(PLACES)
    places = source.sample(book.places, min(PLACES, len(book.places)))
    wrong = []
    for place, (name, text) in zip(places, drawn(len(places), PLACES), strict=False):
        site.write(LIST, add(QUICK, name.full))
        place.hostile = typed(place, text)
        book.write(site)
        wrong += [(place.name, name.full, place.hostile, one) for one in unsafe(site, memo, name)]
        place.hostile = ""
    assert [] == wrong


Holder = Callable[[str], tuple[str, str | bytes]]


def _asset(hold: Holder) -> Holder:
    def held(text: str) -> tuple[str, str | bytes]:
        path, content = hold(text)
        return f"assets/a.{path.rpartition('.')[2]}", content

    return held


OUTSIDE: dict[str, Holder] = {
    "the name of a brief": lambda text: (f"content/briefs/{text}.md", brief()),
    "the name of a folder": lambda text: (f"content/{text}/hours.md", brief()),
    "a file that is no text": lambda text: (f"content/briefs/{text}.txt", "x"),
    "the name of an asset": lambda text: (f"assets/{text}.svg", MAP),
    "a template": lambda text: (
        "templates/volume.html",
        f"<!DOCTYPE html><html lang='en'><title>x</title><body>{text}",
    ),
    "the lock": lambda text: ("content/addresses.lock", f"/ - -\n/briefs/{text.replace(' ', '-')}/ - -\n"),
    "an attribute of a drawing": lambda text: ("assets/a.svg", f'<svg aria-label="{text}" viewBox="0 0 4 3"/>'),
    **{name: _asset(hold) for name, hold in HOLDERS.items() if hold("x")[0].startswith(("assets/a.", "data/"))},
}
"""Places that are in no schema: names of files, assets, templates, the record of addresses."""


@pytest.mark.parametrize("place", OUTSIDE)
def test_no_other_file_publishes_or_shows_a_name(tmp_path: Path, place: str) -> None:
    """The same for the files around the content, and their names."""
    wrong = []
    for number, (name, text) in enumerate(drawn(2, sum(map(ord, place)))):
        site = Site(tmp_path / f"{number}", f"-- content/briefs/hours.md --\n{brief()}")
        path, content = OUTSIDE[place](text.replace("/", "-"))
        site.write(path, content)
        site.write(LIST, add(QUICK, name.full))
        wrong += [(name.full, path, one) for one in unsafe(site, Memo(), name)]
    assert [] == wrong


def test_no_command_prints_or_writes_a_name(tmp_path: Path) -> None:
    """Nothing that a command says of a site with the name in several files holds it, and nothing is written."""
    for number, (name, text) in enumerate(drawn(2, 3)):
        site = Site(
            tmp_path / f"{number}", f"-- content/briefs/hours.md --\n{brief(body=f'In 2024 {text} came. [[{text}]]')}"
        )
        site.write(
            f"content/briefs/{text.replace('/', '-')}.md",
            brief(title=json.dumps(text, ensure_ascii=False), body="[[nobody]] in 2024."),
        )
        site.write(LIST, add(QUICK, name.full))
        for command in (
            ("build", "--explain", "--timings"),
            ("build", "--format", "github"),
            ("check", "--strict", "--format", "json"),
            ("todo",),
            ("new", "brief", text),
        ):
            done = site.run(*command)
            assert "Traceback" not in done.stderr
            assert not shown(done.stdout + done.stderr, name), (command, text)
        assert not (site.root / "output").exists()


@pytest.mark.parametrize("form", [("sources", "--as", "bibtex"), ("sources",), ("recommendations",)])
def test_no_name_is_exported(tmp_path: Path, form: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the sources nor the recommendations of a site go to other sites with a name; without it, they go."""
    [(name, text)] = drawn(1, len(form))
    site = Site(tmp_path, OTHERS + written(bridges(2, NOW)))
    command = ["export", *form, "--site", str(site.root)]
    assert 0 == main(command)
    kept = site.read(f"content/{form[0]}.yaml")
    site.write(
        f"content/{form[0]}.yaml",
        re.sub(r'(title"?: )("Mend[^"]*"|Bridges)', lambda found: found[1] + json.dumps(text), kept),
    )
    site.write(LIST, add(QUICK, name.full))
    capsys.readouterr()
    assert 1 == main(command)
    said = "".join(capsys.readouterr())
    site.write(LIST, "salt: 00\ncost: 2\nnames: []\n")
    assert 1 == main(command)
    said += "".join(capsys.readouterr())
    assert 2 == said.count("guarded-name") and not shown(said, name)


def _recommendation(field: str, text: str) -> str:
    return json.dumps([{"asks": "A", "said": [], "title": "T", field: text}])


_HOLDS: dict[str, Callable[[str], str]] = {
    **{f"{field}.json": partial(_recommendation, field) for field in ("id", "title", "number", "aka", "zz", "said")},
    "statuses.json": lambda text: json.dumps({"statuses": {"response": [{"name": "a", "label": text}]}}),
    "key.json": lambda text: _recommendation(text, "x"),
    "broken.json": lambda text: f'[{{"asks": {json.dumps(text)}, "said": [',
    "heading.csv": lambda text: f'id,number,title,asks,"{text}"\r\na,1,T,A,x\r\n',
    "cell.csv": lambda text: f'id,number,title,asks\r\na,1,"{text}",A\r\nb,1,T,A,B,C\r\n',
    "work.bib": lambda text: f"@book{{a, title = {{{text}}}, year = 2025}}\n@book{{b, titel = {{x}}}}\n",
    "note.bib": lambda text: f"@book{{council, title = {{Bridges}}, note = {{{text}}}, year = 2025}}\n",
    "broken.bib": lambda text: f"@book{{a, title = {{{text}}}, year = \n",
    "broken.ris": lambda text: f"TY  - BOOK\nTI  - {text}\nXX\nER  - \n",
    "csl.json": lambda text: json.dumps([{"id": "a", "type": "book", "title": text, "issued": "x"}]),
    "known.json": lambda text: json.dumps([{"id": "report", "type": "report", "title": "Bridges", "publisher": text}]),
}
"""Files for the command `import`, as somebody may send them, with or without a mistake."""


@pytest.mark.parametrize("path", _HOLDS)
def test_no_import_says_or_takes_a_name(tmp_path: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with a name changes nothing, and nothing that is said of it shows the name, whatever else is wrong."""
    site = Site(tmp_path, OTHERS)
    for name, text in drawn(2, sum(map(ord, path))):
        file = tmp_path / path
        site.write(LIST, add(QUICK, name.full))
        site.write(path, _HOLDS[path](re.sub(r"[{}\"\\]", "-", text)))
        before = [(one, one.read_bytes()) for one in sorted((tmp_path / "content").rglob("*")) if one.is_file()]
        assert 1 == main(["import", str(file), "--site", str(tmp_path)])
        said = "".join(capsys.readouterr())
        assert (1, False) == (said.count("guarded-name"), shown(said.replace(str(file), ""), name)), (text, said)
        assert before == [(one, one.read_bytes()) for one in sorted((tmp_path / "content").rglob("*")) if one.is_file()]


def test_the_preview_does_not_send_a_name(tmp_path: Path) -> None:
    """What the preview reports to a page about a name, however it is written, holds no word of it."""
    site = Site(tmp_path, f"-- content/briefs/hours.md --\n{brief()}")
    hours = site.root / "content/briefs/hours.md"
    [(name, _), *_] = drawn(1, 5)
    site.write(LIST, add(QUICK, name.full))
    session = Session(site.project(), Memo())
    session.save()
    session.prepare()
    for shape in SPACED[:6]:
        text = SHAPES[shape](name, "Mae")
        site.write("content/briefs/hours.md", brief(body=f"In 2024 {text} came. [[{text}]]"))
        for state in (session.quick_update(frozenset([hours])), session.save(frozenset([hours]))):
            assert state is None or not shown(status_json(session, state, "code", "briefs/hours/index.html"), name)
