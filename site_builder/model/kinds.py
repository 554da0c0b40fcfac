"""The table of all kinds of entries: folder, words, section and cover of each."""

from types import MappingProxyType

from site_builder.model.frozen import frozen
from site_builder.model.institutions import Organisation, Story, Union, Vocabulary
from site_builder.model.people import Base, Craftsman, Studio, Team
from site_builder.model.plans import Plan
from site_builder.model.programmes import Award, Edition, Event
from site_builder.model.projects import Method, Project


@frozen
class Kind:
    """A kind of entry: what it is called, where it lies, how it is counted and drawn."""

    name: str
    folder: str
    """Folder under ``content/`` and first part of its addresses."""
    label: str
    measure: str
    """Measure word: 149 *项*."""
    model: type
    title_field: str
    section: str
    """Which item of the site's menu its pages belong to."""
    composition: str
    """Composition of its generated covers."""
    suffix: str = ".md"
    listed: bool = True
    """Whether it has list pages of its own."""

    @property
    def schema(self) -> str:
        """Its type in the vocabulary of schema.org."""
        return SCHEMA_TYPES[self.name]


SCHEMA_TYPES = MappingProxyType(
    {
        "project": "CreativeWork",
        "method": "HowTo",
        "craftsman": "Person",
        "studio": "Organization",
        "base": "Organization",
        "team": "Organization",
        "award": "EventSeries",
        "plan": "CreativeWork",
        "edition": "ExhibitionEvent",
        "event": "Event",
        "organisation": "Organization",
        "union": "WorkersUnion",
        "story": "Article",
        "vocabulary": "DefinedTermSet",
    }
)
"""Kind → the nearest type of schema.org; there is none for awards, which are series of events at which they are given."""

KINDS: tuple[Kind, ...] = (
    Kind("project", "projects", "成果", "项", Project, "title", "projects", "sheet"),
    Kind("method", "methods", "先进操作法", "项", Method, "title", "projects", "steps"),
    Kind("craftsman", "craftsmen", "人物", "位", Craftsman, "name", "craftsmen", "name"),
    Kind("studio", "studios", "创新工作室", "个", Studio, "name", "studios", "windows"),
    Kind("base", "bases", "示范基地", "个", Base, "name", "studios", "plinth"),
    Kind("team", "teams", "班组团队", "个", Team, "name", "studios", "ranks"),
    Kind("award", "awards", "奖项", "个", Award, "name", "awards", "plate", ".yml"),
    Kind("plan", "plans", "计划", "份", Plan, "title", "awards", "bookspine", ".yml"),
    Kind("edition", "editions", "展期", "期", Edition, "title", "editions", "bookspine", ".yml"),
    Kind("event", "events", "活动", "场", Event, "title", "events", "calendar"),
    Kind("organisation", "organisations", "单位", "家", Organisation, "name", "organisations", "plinth", ".yml"),
    Kind("union", "unions", "工会", "家", Union, "name", "organisations", "plinth", ".yml"),
    Kind("story", "stories", "专题", "篇", Story, "title", "stories", "bookspine"),
    Kind("vocabulary", "vocabularies", "词表", "个", Vocabulary, "title", "", "sheet", ".yml", listed=False),
)
_NAMED = MappingProxyType({kind.name: kind for kind in KINDS})


def kind_named(name: str) -> Kind:
    """The kind of that name; KeyError for any other word."""
    return _NAMED[name]


def kind_in_folder(folder: str) -> Kind | None:
    """The kind whose entries lie in that folder of ``content/``."""
    return next((kind for kind in KINDS if kind.folder == folder), None)
