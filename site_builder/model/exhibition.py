"""The settings of one exhibition, as the doors read them from mkdocs.yml."""

from site_builder.model.frozen import frozen
from site_builder.model.publication import Policy


@frozen(kw_only=True)
class Exhibition:
    """Who shows what where: names, address, filing numbers and the sizes of lists."""

    name: str = "职工技术创新成果网上展"
    title_lines: tuple[str, ...] = ("职工技术", "创新成果", "网上展")
    """The title as set on the title wall; the last line is set light."""
    short_name: str = "网上展"
    url: str = ""
    """Absolute address of the site with a trailing slash; empty where it is not known yet."""
    description: str = ""
    slogan: str = ""
    organiser: str = ""
    undertaker: str = ""
    contact: str = ""
    """Public office to turn to, never a person."""
    correction: str = ""
    """Address (https: or mailto:) for corrections; empty shows the page that tells how."""
    editorial: tuple[str, ...] = ("about/", "accessibility/", "correction/", "participate/", "privacy/")
    """Addresses of the pages that editors write, sorted; what the foot of a page leads to and is not among them is left out."""
    icp: str = ""
    police: str = ""
    site_code: str = ""
    licence: str = ""
    """Licence of the data for re-users: an SPDX name (``CC-BY-4.0``) or words; empty: nothing is said."""
    demonstration: bool = False
    """Says on every page that the exhibition is a demonstration compiled from public reports."""
    published: str = ""
    """Day (ISO) of entries that give none, for PubDate; never the clock's."""
    current_edition: str = ""
    halls_edition: str = ""
    """Edition whose halls hang on the home page; empty: the current one's."""
    archived: str = ""
    """What the edition is called that this site keeps for good (``第三届``); empty in the living exhibition."""
    languages: tuple[str, ...] = ()
    """What pages are made in beside Chinese: ``zh-Hant``, ``en``."""
    page_size: int = 24
    avif: bool = False
    """Whether pictures are also made as AVIF: a quarter smaller, and twice the time to make them."""
    share_cards: bool = True
    """Draws pictures for messengers, a card and a square, for every entry."""
    posters: bool = True
    """Draws a poster for every entry as well, to be saved and printed."""
    deep_zoom: bool = True
    """Cuts large pictures whose full size is offered into tiles, so that visitors can look closely."""

    open_data: bool = True
    """Publishes all entries as tables, database and interface of files, with a page that offers them."""

    offline: bool = True
    """Keeps what visitors have seen in their browsers, so that it can be read without a network."""

    persons_without_basis: Policy = "member"
    """Names that nothing entitles to publish: left out (``withhold``), shown as 团队成员 (``member``: nobody is named, and the team stays
    as large as it was), or published all the same (``show``), which the law does not allow."""

    @property
    def kept_url(self) -> str:
        """Absolute address of this very site: of an edition that is kept, its place within the living exhibition."""
        return f"{self.url}editions/{self.current_edition}/" if self.url and self.archived else self.url

    @property
    def base_path(self) -> str:
        """The path part of the site's address, with slashes at both ends."""
        path = self.url.split("://", 1)[-1].partition("/")[2].strip("/")
        return f"/{path}/" if path else "/"
