"""The corpus in the dialect of each generator, with layouts that show the same parts on every page.

Title, date, contents list, body, notes and links; a page that lists all briefs; one style sheet. No generator is given
a plugin that these parts do not need, nor a theme that shows more.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import DAY, MORE, SOURCE, body, name, title

HERE = Path(__file__).resolve().parent.parent
_LONG_DAY = "10 January 2026"
_HEAD = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{0}</title><link rel="stylesheet" href="{1}"></head>'
_TIME = f'<time datetime="{DAY}">{_LONG_DAY}</time>'


@dataclass(frozen=True, slots=True)
class Places:
    """What is edited: the text of the first brief, the layout of every brief, the style sheet."""

    text: Path
    layout: Path
    style: Path


Write = Callable[[Path, int], Places]


def ours(folder: Path, of: int, kind: str = "plain") -> Places:
    """Write a site of ours, with a template and a style sheet of its own, and with texts of one kind."""
    home = folder / "content"
    _write(home / "site.yaml", _SETTINGS)
    _write(home / "pages/index.md", "---\ntitle: The library\nsummary: All of it.\n---\n\nSee [[brief-00000]].\n")
    for number in range(of):
        front = f"title: {title(number)}\nsummary: About it.\nas_of: {DAY}\nchanges: [{{date: {DAY}, kind: update, text: First.}}]"
        text = body(number, of, lambda other: f"[[{name(other)}]]")
        text = text.replace("## Hours", f"{MORE[kind]}## Hours", 1)
        _write(home / f"briefs/{name(number)}.md", f"---\n{front}\n---\n\n{text}")
    if kind != "plain":
        _write(home / "sources.yaml", SOURCE)
    layout = folder / "templates/brief.html"
    _write(layout, (HERE / "templates/brief.html").read_text(encoding="utf-8"))
    return Places(home / f"briefs/{name(0)}.md", layout, _style(folder / "assets/style.css"))


_SETTINGS = """title: The library
tagline: What it does
base_url: https://library.example
language: en-GB
publisher: {name: Friends}
contact: friends@library.example
safety: {exit: {url: "https://weather.example/", label: Leave}}
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
navigation: [{label: Briefs, to: /briefs/}, {label: A to Z, to: /a-z/}]
"""


def hugo(folder: Path, of: int) -> Places:
    """Write the same for Hugo, with its own checked cross-references."""
    config = 'baseURL = "https://library.example/"\ntitle = "The library"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
    _write(folder / "hugo.toml", config)
    layout = folder / "layouts/single.html"
    day = '<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>'
    shown = f"<body><main><h1>{{{{ .Title }}}}</h1>{day}\n{{{{ .TableOfContents }}}}\n{{{{ .Content }}}}</main></body></html>\n"
    head = _HEAD.format("{{ .Title }}", "/style.css")
    _write(layout, f"{head}\n{shown}")
    entries = '{{ range site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>\n{{ end }}'
    for listing in ("list", "home"):
        _write(folder / f"layouts/{listing}.html", f"{head}\n<body><ul>\n{entries}</ul></body></html>\n")
    text = _texts(folder / "content/briefs", of, f"title: {{0}}\ndate: {DAY}", '{{{{< relref "{0}.md" >}}}}')
    return Places(text, layout, _style(folder / "static/style.css"))


def eleventy(folder: Path, of: int) -> Places:
    """Write the same for Eleventy, with markdown-it's notes and a filter that makes the contents list."""
    _write(folder / "eleventy.config.js", _ELEVENTY)
    _write(folder / "package.json", '{"private": true, "type": "module"}\n')
    layout = folder / "src/_includes/brief.liquid"
    head = _HEAD.format("{{ title }}", "/style.css")
    shown = f"<body><main><h1>{{{{ title }}}}</h1>{_TIME}\n<ol>{{{{ content | contents }}}}</ol>\n{{{{ content }}}}</main></body></html>\n"
    _write(layout, f"{head}\n{shown}")
    entries = (
        '{% for one in collections.brief %}<li><a href="{{ one.url }}">{{ one.data.title }}</a></li>\n{% endfor %}'
    )
    _write(folder / "src/index.liquid", f"{_LISTING}{head}\n<body><ul>\n{entries}</ul></body></html>\n")
    front = "title: {0}\ntags: brief\nlayout: brief.liquid"
    text = _texts(folder / "src/briefs", of, front, "/briefs/{0}/")
    return Places(text, layout, _style(folder / "src/style.css"))


_LISTING = "---\ntitle: Briefs\neleventyImport: {collections: [brief]}\n---\n"
"""Says that the list depends on the briefs: an incremental build would leave it as it was."""
_ELEVENTY = r"""import anchors from "markdown-it-anchor";
import notes from "markdown-it-footnote";

const heading = /<h2 id="([^"]*)"[^>]*>(.*?)<\/h2>/g;

export default function (config) {
  config.addPassthroughCopy("src/style.css");
  config.amendLibrary("md", (md) => md.use(anchors).use(notes));
  config.addFilter("contents", (html) =>
    [...html.matchAll(heading)].map((one) => `<li><a href="#${one[1]}">${one[2]}</a></li>`).join(""));
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false };
}
"""


def mkdocs(folder: Path, of: int) -> Places:
    """Write the same for MkDocs, with a theme of two templates; its own would show every page in every page's menu."""
    config = "site_name: The library\nsite_url: https://library.example/\ntheme: {name: null, custom_dir: theme}\nplugins: []\n"
    _write(folder / "mkdocs.yml", config + "markdown_extensions: [footnotes, tables, toc]\n")
    layout = folder / "theme/main.html"
    head = _HEAD.format("{{ page.title }}", "/style.css")
    items = '{% for one in page.toc %}<li><a href="{{ one.url }}">{{ one.title }}</a></li>{% endfor %}'
    day = '<time datetime="{{ page.meta.date }}">{{ page.meta.date.strftime("%-d %B %Y") }}</time>'
    shown = f"<body><main><h1>{{{{ page.title }}}}</h1>{day}\n<ol>{items}</ol>\n{{{{ page.content }}}}</main></body></html>\n"
    _write(layout, f"{head}\n{shown}")
    entries = '{% for one in nav.pages %}<li><a href="{{ one.url | url }}">{{ one.title }}</a></li>\n{% endfor %}'
    _write(folder / "theme/list.html", f"{head}\n<body><ul>\n{entries}</ul></body></html>\n")
    _write(folder / "docs/index.md", "---\ntitle: Briefs\ntemplate: list.html\n---\n")
    text = _texts(folder / "docs/briefs", of, f"title: {{0}}\ndate: {DAY}", "{0}.md")
    return Places(text, layout, _style(folder / "theme/style.css"))


def mkdocs_with_search(folder: Path, of: int) -> Places:
    """Write the same for MkDocs with its own search."""
    places = mkdocs(folder, of)
    config = folder / "mkdocs.yml"
    _write(config, config.read_text(encoding="utf-8").replace("plugins: []", "plugins: [search]"))
    return places


def pelican(folder: Path, of: int) -> Places:
    """Write the same for Pelican, with a theme of two templates and its cache of texts already read."""
    _write(folder / "pelicanconf.py", _PELICAN)
    layout = folder / "theme/templates/article.html"
    day = '<time datetime="{{ article.date.strftime("%Y-%m-%d") }}">{{ article.date.strftime("%-d %B %Y") }}</time>'
    shown = f"<body><main><h1>{{{{ article.title }}}}</h1>{day}\n{{{{ article.content }}}}</main></body></html>\n"
    _write(layout, f"{_HEAD.format('{{ article.title }}', '/theme/style.css')}\n{shown}")
    entries = '{% for one in articles %}<li><a href="/{{ one.url }}">{{ one.title }}</a></li>\n{% endfor %}'
    listing = f"{_HEAD.format('Briefs', '/theme/style.css')}\n<body><ul>\n{entries}</ul></body></html>\n"
    _write(folder / "theme/templates/index.html", listing)
    front = f"title: {{0}}\ndate: {DAY}"
    text = _texts(folder / "content/briefs", of, front, "{{filename}}{0}.md", before="[TOC]\n\n")
    return Places(text, layout, _style(folder / "theme/static/style.css"))


_PELICAN = """SITENAME = "The library"
SITEURL = ""
PATH = "content"
ARTICLE_PATHS = ["briefs"]
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_DIR = "theme"
TIMEZONE = "UTC"
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "briefs/{slug}/"
ARTICLE_SAVE_AS = "briefs/{slug}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extension_configs": {"markdown.extensions.footnotes": {}, "markdown.extensions.tables": {}, "markdown.extensions.toc": {}},
    "output_format": "html5",
}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
"""


def _texts(folder: Path, of: int, front: str, address: str, before: str = "") -> Path:
    """Write every brief with plain Markdown links, whose text is the title, and give the first."""

    def link(other: int) -> str:
        return f"[{title(other)}]({address.format(name(other))})"

    for number in range(of):
        text = before + body(number, of, link)
        _write(folder / f"{name(number)}.md", f"---\n{front.format(title(number))}\n---\n\n{text}")
    return folder / f"{name(0)}.md"


def _style(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "assets/style.css", path)
    return path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
