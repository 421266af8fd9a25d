"""The corpus: briefs of about 750 words, alike in every dialect, with cross-links that resolve.

Each has six sections, five links to others, a table, a list, a quotation and two notes. The words are made by a fixed
rule, so that every run and every generator gets the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

_WORDS = [
    "library",
    "hours",
    "reader",
    "shelf",
    "council",
    "minute",
    "evening",
    "survey",
    "answer",
    "paper",
    "table",
    "window",
    "river",
    "morning",
    "garden",
    "letter",
    "record",
    "figure",
    "number",
    "street",
    "market",
    "bridge",
    "summer",
    "winter",
    "notice",
    "member",
    "meeting",
    "budget",
    "repair",
    "visit",
    "children",
    "story",
]
_SECTIONS = ("Beginning", "Hours", "People", "Money", "Building", "Outlook")
Link = Callable[[int], str]


def sentences(source: random.Random, count: int) -> str:
    """Give some sentences of made-up prose."""
    made = []
    for _ in range(count):
        words = [source.choice(_WORDS) for _ in range(source.randint(9, 15))]
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


def body(number: int, of: int, link: Link) -> str:
    """Give the text of one brief in Markdown; `link` writes a link to another by its number."""
    source = random.Random(number)
    others = [(number + step) % of for step in (1, 2, 3, 5, 8)]
    parts = []
    for place, section in enumerate(_SECTIONS):
        parts.append(f"## {section}\n\n{sentences(source, 6)}")
        if place < len(others):
            parts.append(f"{sentences(source, 2)} See {link(others[place])}. {sentences(source, 2)}")
        if place == 0:
            parts.append(f"{sentences(source, 1)[:-1]}[^a]. {sentences(source, 1)[:-1]}[^b].")
        elif place == 1:
            rows = "".join(
                f"| {source.choice(_WORDS)} | {source.choice(_WORDS)} | {source.choice(_WORDS)} |\n" for _ in range(4)
            )
            parts.append(f"| Day | Place | Note |\n|---|---|---|\n{rows}".rstrip())
        elif place == 2:
            parts.append("\n".join(f"- {sentences(source, 1)}" for _ in range(4)))
        elif place == 3:
            parts.append(f"> {sentences(source, 2)}")
    parts.append(f"[^a]: {sentences(source, 1)}\n\n[^b]: {sentences(source, 1)}")
    return "\n\n".join(parts) + "\n"


def name(number: int) -> str:
    """Name a brief."""
    return f"brief-{number:05}"


def title(number: int) -> str:
    """Give a brief's title."""
    return f"Brief number {number}"


def ours(folder: Path, of: int) -> Path:
    """Write a site of ours, and give the file of its first brief."""
    home = folder / "content"
    _write(home / "site.yaml", _SETTINGS)
    _write(
        home / "pages/index.md", "---\ntitle: The library\nsummary: All of it.\n---\n\nWelcome. See [[brief-00000]].\n"
    )
    for number in range(of):
        text = body(number, of, lambda other: f"[[{name(other)}]]")
        front = f"title: {title(number)}\nsummary: About it.\nas_of: 2026-01-10\nchanges: [{{date: 2026-01-10, kind: update, text: First.}}]"
        _write(home / f"briefs/{name(number)}.md", f"---\n{front}\n---\n\n{text}")
    return home / f"briefs/{name(0)}.md"


_SETTINGS = """title: The library
tagline: What it does
base_url: https://library.example
language: en-GB
publisher: {name: Friends}
contact: friends@library.example
exit: {url: "https://weather.example/", label: Leave}
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
navigation: [{label: Briefs, to: /briefs/}, {label: A to Z, to: /a-z/}]
"""


def hugo(folder: Path, of: int) -> Path:
    """Write the same for Hugo: its own cross-references, a contents list, notes, and what links here."""
    _write(
        folder / "hugo.toml",
        'baseURL = "http://localhost/"\ntitle = "The library"\ndisableKinds = ["taxonomy", "term", "RSS"]\n',
    )
    layout = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><main>
<h1>{{ .Title }}</h1><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>
{{ .TableOfContents }}{{ .Content }}</main></body></html>"""
    lists = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><ul>
{{ range site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>"""
    _write(folder / "layouts/single.html", layout)
    _write(folder / "layouts/list.html", lists)
    _write(folder / "layouts/home.html", lists)
    for number in range(of):
        text = body(number, of, _titled('{{{{< relref "{0}.md" >}}}}'))
        _write(
            folder / f"content/briefs/{name(number)}.md",
            f"---\ntitle: {title(number)}\ndate: 2026-01-10\n---\n\n{text}",
        )
    return folder / f"content/briefs/{name(0)}.md"


def eleventy(folder: Path, of: int) -> Path:
    """Write the same for Eleventy, with markdown-it's notes and a contents list."""
    config = """import footnotes from "markdown-it-footnote";
import { IdAttributePlugin } from "@11ty/eleventy";
export default function (config) {
  config.addPlugin(IdAttributePlugin);
  config.amendLibrary("md", (md) => md.use(footnotes));
  config.addFilter("contents", (html) => [...html.matchAll(/<h2[^>]*>(.*?)<\\/h2>/g)].map((one) => `<li>${one[1]}</li>`).join(""));
  return { dir: { input: "src", output: "_site" } };
}
"""
    layout = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><main>
<h1>{{ title }}</h1><time datetime="2026-01-10">10 January 2026</time><ol>{{ content | contents }}</ol>{{ content }}</main></body></html>"""
    lists = """---
permalink: /index.html
---
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Briefs</title></head><body><ul>
{% for one in collections.brief %}<li><a href="{{ one.url }}">{{ one.data.title }}</a></li>{% endfor %}</ul></body></html>"""
    _write(folder / "eleventy.config.js", config)
    _write(folder / "package.json", '{"private": true, "type": "module"}')
    _write(folder / "src/_includes/brief.liquid", layout)
    _write(folder / "src/list.liquid", lists)
    for number in range(of):
        text = body(number, of, _titled("/briefs/{0}/"))
        _write(
            folder / f"src/briefs/{name(number)}.md",
            f"---\ntitle: {title(number)}\ntags: brief\nlayout: brief.liquid\n---\n\n{text}",
        )
    return folder / f"src/briefs/{name(0)}.md"


def mkdocs(folder: Path, of: int) -> Path:
    """Write the same for MkDocs, whose theme brings the contents list."""
    _write(
        folder / "mkdocs.yml",
        "site_name: The library\ntheme: {name: mkdocs}\nplugins: []\nmarkdown_extensions: [footnotes, tables, toc]\n",
    )
    _write(folder / "docs/index.md", "# The library\n")
    for number in range(of):
        text = body(number, of, _titled("{0}.md"))
        _write(folder / f"docs/briefs/{name(number)}.md", f"# {title(number)}\n\n10 January 2026\n\n{text}")
    return folder / f"docs/briefs/{name(0)}.md"


def _titled(address: str) -> Link:
    return lambda other: f"[{title(other)}]({address.format(name(other))})"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def dialects() -> Iterator[tuple[str, Callable[[Path, int], Path]]]:
    """Give each generator's name and the writer of its corpus."""
    yield from (("ours", ours), ("hugo", hugo), ("eleventy", eleventy), ("mkdocs", mkdocs))
