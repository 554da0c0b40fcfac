"""What entitles an exhibition to publish a person's name or portrait, and what an editor says where a number may stand."""

from types import MappingProxyType
from typing import Annotated, Literal

from site_builder.model import habits
from site_builder.model.declaration import Declared
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.values import Flag, Strict, Text, When, short_for

Scope = Literal["name", "portrait", "film"]
SCOPE_WORDS = MappingProxyType(
    {"姓名": "name", "肖像": "portrait", "照片": "portrait", "影像": "film", "视频": "film", "肖像视频": "film"}
)
"""What editors write for what somebody agreed to; the first word of each is its Chinese name."""
BARE_CONSENT: frozenset[Scope] = frozenset({"name", "portrait"})
"""What a consent without a scope covers: the field has always meant name and portrait."""
BASES = MappingProxyType(
    {
        "consent": "本人单独同意",
        "list": "公开的荣誉名单",
        "report": "已合法公开的报道",
        "": "没有依据",
    }
)
"""Bases by name. ``list``: the entry gives an honour and its ``sources``, and the name stands in that published list; ``report``: the entry
gives ``sources`` alone. So ``sources`` is the basis for names, for what was lawfully made public may be processed within reason (PIPL 13,
27); it never is one for a portrait, which wants consent (Civil Code 1019; PIPL 25)."""
Policy = Literal["withhold", "member", "show"]
MEMBER = "团队成员"
"""What stands in the place of a name that is not published."""


def _scopes(value: object) -> object:
    listed = habits.listed(value)
    return (
        tuple(SCOPE_WORDS.get(str(one).strip(), one) for one in listed) if isinstance(listed, list | tuple) else listed
    )


@frozen(kw_only=True)
class Consent(Strict):
    """What one person, or everybody in an entry or edition, agreed to; never published."""

    note: Annotated[Text | None, Declared("说明", public=False)] = None
    person: Annotated[Text | None, Declared("同意人", public=False, note="不写就是条目里的所有人")] = None
    scope: Annotated[
        tuple[Scope, ...],
        Before(_scopes),
        Declared("同意范围", public=False, note="姓名、肖像、影像；不写就是姓名和肖像"),
    ] = ()
    edition: Annotated[Text | None, Declared("限于展期", public=False)] = None
    date: Annotated[When | None, Declared("同意日期", public=False)] = None
    evidence: Annotated[Text | None, Declared("凭证编号", public=False, note="同意书存在哪里、第几号")] = None
    expires: Annotated[When | None, Declared("有效期至", public=False)] = None
    minor: Annotated[Flag, Declared("未成年", public=False)] = False
    guardian: Annotated[Text | None, Declared("监护人", public=False, note="未成年人由监护人同意")] = None

    @property
    def covers(self) -> frozenset[str]:
        """Which scopes it holds for; none of a minor's without the guardian."""
        if self.minor and not self.guardian:
            return frozenset()
        return frozenset(self.scope) or BARE_CONSENT

    def holds(self, as_of: str) -> bool:
        """Whether it has not run out on an ISO day; an empty day judges nothing."""
        return not (self.expires and as_of and as_of[: len(self.expires)] > self.expires)


@frozen(kw_only=True)
class Allowance(Strict):
    """A number that may be published after all, and why."""

    what: Annotated[Text, Declared("内容", public=False, note="照原样写出这个号码；附件写文件名")]
    reason: Annotated[Text, Declared("理由", public=False)]


Consents = Annotated[tuple[Annotated[Consent, Before(short_for("note"))], ...], Before(habits.several)]
Allowances = Annotated[tuple[Allowance, ...], Before(habits.several)]
