"""The declarations of fields come in; what each of them is called in the vocabularies of others goes out."""

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from site_builder.model.declaration import DeclaredField, fields_of
from site_builder.model.exhibit import Exhibit
from site_builder.model.frozen import frozen
from site_builder.model.kinds import KINDS

VALUE_TYPES = MappingProxyType(
    {
        "about": "DefinedTerm",
        "areaServed": "Place",
        "author": "Person",
        "contributor": "Organization",
        "creator": "Person",
        "founder": "Person",
        "hasCredential": "EducationalOccupationalCredential",
        "location": "Place",
        "member": "Person",
        "memberOf": "Organization",
        "organizer": "Organization",
        "parentOrganization": "Organization",
        "producer": "Organization",
        "publisher": "Organization",
        "spatialCoverage": "Place",
        "step": "HowToStep",
        "subjectOf": "ExhibitionEvent",
        "superEvent": "EventSeries",
        "worksFor": "Organization",
    }
)
"""schema.org property → type of a value that is a plain name; properties not listed take text."""

DUBLIN = MappingProxyType(
    {
        "about": "subject",
        "areaServed": "coverage",
        "author": "creator",
        "citation": "source",
        "contributor": "contributor",
        "creator": "creator",
        "dateModified": "date",
        "datePublished": "date",
        "description": "description",
        "genre": "subject",
        "headline": "title",
        "keywords": "subject",
        "location": "coverage",
        "memberOf": "relation",
        "name": "title",
        "organizer": "contributor",
        "parentOrganization": "relation",
        "producer": "contributor",
        "publisher": "publisher",
        "spatialCoverage": "coverage",
        "startDate": "date",
        "subjectOf": "relation",
        "superEvent": "relation",
        "worksFor": "relation",
    }
)
"""schema.org property → element of the Dublin Core set 1.1 (ISO 15836-1)."""

OPEN_GRAPH = MappingProxyType(
    {
        "dateModified": "article:modified_time",
        "description": "og:description",
        "headline": "og:title",
        "image": "og:image",
        "keywords": "article:tag",
        "name": "og:title",
    }
)
"""schema.org property → property of the Open Graph protocol."""

CITED = MappingProxyType(
    {"author": "主要责任者", "creator": "主要责任者", "dateModified": "更新日期", "headline": "题名", "name": "题名"}
)
"""schema.org property → item of a reference by GB/T 7714—2015."""

PEOPLE = frozenset({"Person"})
PAGE_ONLY = MappingProxyType({"dateModified": None, "citation": None, "keywords": PEOPLE})
"""schema.org property → types whose page carries it in their place, for it does not belong to them; None: all types."""


@frozen
class Crossing:
    """One field and what it is called elsewhere; an empty text where the other vocabulary has no place for it."""

    kind: str
    """Name of the kind, ``*`` for what all kinds have."""
    field: str
    label: str
    schema: str
    """``Type.property``; the property alone where its type is that of the kind."""
    dublin: str
    open_graph: str
    cited: str


@cache
def is_said_of_page(schema_type: str, name: str) -> bool:
    """Whether a property is said of the page and not of what the page is about."""
    types = PAGE_ONLY.get(name, frozenset())
    return types is None or schema_type in types


def crossings() -> Iterator[Crossing]:
    """Every public field with a property, kind by kind; what all kinds have comes first and once."""
    common = fields_of(Exhibit)
    yield from _crossings("*", "", fields=common)
    shared = {field.name for field in common}
    for kind in KINDS:
        own = tuple(field for field in fields_of(kind.model) if field.name not in shared)
        yield from _crossings(kind.name, kind.schema, fields=own)


def _crossings(kind: str, schema_type: str, *, fields: tuple[DeclaredField, ...]) -> Iterator[Crossing]:
    for field in fields:
        name = field.declared.schema
        if name and field.declared.public:
            on = "WebPage" if is_said_of_page(schema_type, name) else schema_type
            others = (table.get(name, "") for table in (DUBLIN, OPEN_GRAPH, CITED))
            yield Crossing(kind, field.name, field.declared.label, f"{on}.{name}" if on else name, *others)
