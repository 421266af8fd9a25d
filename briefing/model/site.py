"""The settings of a site."""

from __future__ import annotations

from typing import Generic

from briefing.model.kinds import KINDS, Kind
from briefing.model.text import LinkT, Ref
from briefing.model.vocabulary import STATUSES, TIERS, Statuses, Tier
from briefing.values import dataclass

SETTINGS_PATH = "content/site.yaml"
"""The file with the settings, by its path in the site's folder."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name with an optional address: the publisher, the licence, a link of the navigation."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A link of the bar at the top; or a section of it, which has a name and links, and no address of its own."""

    name: str
    url: str = ""
    items: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class AssetRef:
    """A file that the settings name: its path below `assets/`, and the span where it is named."""

    path: str
    span: int


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour that the settings give to a variable of the style sheet, such as `link`; the span is its value's."""

    name: str
    value: str
    span: int


@dataclass(frozen=True, slots=True)
class Style:
    """What a site changes of the look. An empty value or 0 leaves ours."""

    light: tuple[Colour, ...] = ()
    dark: tuple[Colour, ...] = ()
    text_font: tuple[str, ...] = ()
    """Names of fonts; a browser takes the first that it has."""
    interface_font: tuple[str, ...] = ()
    measure: int = 0
    """The width of the column of text, in rem."""
    sheet: AssetRef | None = None
    """A style sheet that every page loads after ours."""


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture that the bar shows in place of the name. Sizes are in CSS pixels."""

    file: AssetRef
    alt: str
    height: int
    dark: AssetRef | None = None
    """The picture for dark mode."""
    width: int = 0
    """0 until weave has computed it from the size of the picture."""


@dataclass(frozen=True, slots=True)
class HomePart:
    """A part of the home page, such as `latest`, and its heading; an empty heading stands for ours."""

    part: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Question(Generic[LinkT]):
    """A question on the home page and the record that answers it."""

    ask: str
    answer: LinkT


@dataclass(frozen=True, slots=True)
class Thread(Generic[LinkT]):
    """Events that belong together, such as the stages of one piece of work. An event may be in several threads."""

    name: str
    to: LinkT
    events: tuple[LinkT, ...]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Safety:
    """What a site on a sensitive subject needs. Where `on` is false, nothing of it is published or checked."""

    on: bool = False
    exit: Named = Named("")
    """The words and the target of the button that leaves the site at once; empty for none."""
    private_contact: Named = Named("")
    """Where to report in private that a page could identify somebody; without a `url` while it is a placeholder."""
    support_box: bool = False
    """Whether briefs and other pages on the subject show the support services."""
    quiet_words: tuple[str, ...] = ()
    """Words that must not be in the address and title of a quiet page."""
    pictures: tuple[str, ...] = ()
    """The pictures that texts may show, by their paths under assets/."""
    identifying_words: tuple[str, ...] = ()
    """Further words for what belongs to a person, and may show who the person is."""


@dataclass(frozen=True, slots=True)
class Help:
    """Where every page of a site with a support box leads: the list of services, and the numbers for an emergency."""

    address: str
    calls: tuple[Named, ...] = ()
    """Each number as people write it, with the address that dials it."""


NO_SAFETY = Safety()
SAFETY_ASSETS = "safety/"
"""The folder under assets/ that is published only for a site with `safety`."""
EDITION_ASSETS = "editions"
"""The start of the names of assets that are published only for a site with editions."""
VERSION_ASSETS = "versions"
"""The start of the names of assets that are published only for a site with pages of earlier days."""
BOOK_ASSETS = "book.css"
"""The style sheet of books, which is in the books of a site with `epub` and nowhere else."""
CALM_ASSETS = "search-link.js"
"""The script that puts the words of a search into the address, which is published only for a site without."""


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """What a site sets for its pages in one language or form; what is empty is as on the site itself.

    `span` is the place of its name.
    """

    prefix: str
    span: int = -1
    title: str = ""
    short_title: str = ""
    tagline: str = ""
    notice: str = ""
    exit: str = ""
    """The words on the exit button."""
    navigation: tuple[MenuEntry, ...] = ()
    footer: tuple[Named, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    word_spans: tuple[int, ...] = ()
    link_spans: tuple[int, ...] = ()
    """Where the addresses of its links of the bar and of the footer are."""


@dataclass(frozen=True, slots=True)
class Site:
    """The settings. `words` are English words of the interface, each with what this site says: a text, or its forms."""

    title: str
    short_title: str
    tagline: str
    base_url: str
    language: str
    direction: str
    publisher: Named
    contact: Named
    """Where readers send corrections."""
    licence: Named
    notice: str
    navigation: tuple[MenuEntry, ...]
    footer: tuple[Named, ...]
    questions: tuple[Question[Ref], ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    prefix: str = ""
    """What is before every address of an edition of the site, such as /cy; empty for the site itself."""
    form: str = ""
    """The form of an edition of the site: `easy-read`, or empty."""
    own_pages: tuple[str, ...] = ()
    """The pages that an edition of the site has, by their addresses without the prefix."""
    edition_settings: tuple[EditionSettings, ...] = ()
    editions: tuple[Site, ...] = ()
    """The editions of the site, each with the settings of its own."""
    link_spans: tuple[int, ...] = ()
    """Where the addresses of the links of the bar, of the footer and of `policies` are."""
    word_spans: tuple[int, ...] = ()
    """The span of each of `words`, and then that of the language, if the settings name one."""
    policies: tuple[Named, ...] = ()
    """Pages that say how the site works: `principles` and `corrections`."""
    safety: Safety = NO_SAFETY
    threads: tuple[Thread[Ref], ...] = ()
    checks: tuple[tuple[str, str], ...] = ()
    """The codes of problems whose level this site sets, with the level: `off`, `note`, `warning` or `error`."""
    home: tuple[HomePart, ...] = ()
    """The parts of the home page in their order; empty for all of them in ours."""
    style: Style = Style()
    logo: Logo | None = None
    favicon: AssetRef | None = None
    """The icon that browsers show for the site."""
    headers_file: bool = False
    """Whether the file `_headers` is published."""
    contact_form: tuple[tuple[str, str], ...] = ()
    """What the form at the address for corrections is filled in with, such as `page`, and the names of its fields."""
    twins: bool = False
    """Whether each brief is published as Markdown too."""
    cards: bool = False
    """Whether each brief has a card with which other sites show it."""
    epub: bool = False
    """Whether the whole briefing is published as a book too."""
    topic_pages: bool = False
    """Whether each topic has a page."""
    kept: str = "kept"
    """The folder below the site's own in which copies of sources are kept."""
    kinds: tuple[Kind, ...] = KINDS
    """All kinds of record: ours, and those of the site."""
    statuses: Statuses = STATUSES
    tiers: tuple[Tier, ...] = TIERS
    help: Help | None = None
    """None until weave has found the services, and on a site without a support box or without services."""


def menu_links(site: Site) -> tuple[Named, ...]:
    """Return every link of the bar and of the footer."""
    bar = (link for entry in site.navigation for link in (entry.items or (Named(entry.name, entry.url),)))
    return (*bar, *site.footer)
