"""What all kinds of entries share: summary, status, pictures, sources and the like."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from site_builder.model import habits
from site_builder.model.declaration import WEIGHT_NAME, WEIGHT_SUMMARY, Declared
from site_builder.model.frozen import frozen
from site_builder.model.marks import Before
from site_builder.model.publication import Allowances, Consents
from site_builder.model.values import (
    Attachment,
    CoverChoice,
    Figure,
    Period,
    Pictures,
    Sources,
    Strict,
    Text,
    When,
    Words,
)

Status = Literal["draft", "notice", "published", "withdrawn"]
STATUS_WORDS = MappingProxyType(
    {
        "草稿": "draft",
        "公示": "notice",
        "公示中": "notice",
        "发布": "published",
        "已发布": "published",
        "撤下": "withdrawn",
    }
)
"""What editors write for each status; the first word is its Chinese name."""


def _status(value: object) -> object:
    return STATUS_WORDS.get(str(value).strip(), value)


@frozen(kw_only=True)
class Exhibit(Strict):
    """Fields that an entry of any kind may have."""

    summary: Annotated[
        Text | None,
        Declared(
            "简介",
            (
                "摘要",
                "内容简介",
                "成果简介",
                "项目简介",
                "主要内容",
                "内容提要",
                "活动简介",
                "主要活动项目简介",
                "人物简介",
                *("成果介绍", "成果概述", "项目概况", "情况简介", "活动内容"),
            ),
            weight=WEIGHT_SUMMARY,
            schema="description",
            fact=False,
        ),
    ] = None
    status: Annotated[Status, Before(_status), Declared("状态", ("发布状态",), fact=False)] = "published"
    notice: Annotated[Period | None, Declared("公示期", fact=False)] = None
    tags: Annotated[
        Words, Declared("标签", ("关键词",), facet=True, weight=WEIGHT_NAME, schema="keywords", fact=False)
    ] = ()
    figures: Annotated[tuple[Figure, ...], Declared("数字", fact=False)] = ()
    pictures: Annotated[Pictures, Declared("图片", ("照片",), schema="image", fact=False)] = ()
    videos: Annotated[tuple[Attachment, ...], Before(habits.several), Declared("视频", fact=False)] = ()
    attachments: Annotated[tuple[Attachment, ...], Before(habits.several), Declared("附件", fact=False)] = ()
    cover: Annotated[CoverChoice | None, Declared("封面", fact=False, translated=False)] = None
    sources: Annotated[Sources, Declared("资料来源", ("出处",), schema="citation", fact=False, translated=False)] = ()
    consent: Annotated[
        Consents,
        Declared(
            "本人同意", ("肖像授权",), public=False, fact=False, note="谁在何时同意公开姓名和肖像，存在哪里；不会公开"
        ),
    ] = ()
    privacy_exceptions: Annotated[
        Allowances,
        Declared("个人信息例外", public=False, fact=False, note="确实可以公开的号码和理由，如公共服务电话；不会公开"),
    ] = ()
    aliases: Annotated[
        Words, Declared("曾用地址", fact=False, note="改过编号时，把旧地址写在这里", translated=False)
    ] = ()
    updated: Annotated[When | None, Declared("更新日期", fact=False, schema="dateModified")] = None

    def __getstate__(self) -> dict[str, Any]:
        """What was filled. Of forty fields most entries fill a dozen; the others are read from the class where an entry is kept."""
        filled: Any = self
        defaults = _defaults(filled.__class__)
        return {name: value for name, value in self.__dict__.items() if value != defaults.get(name, MISSING)}


@cache
def _defaults(model: type) -> Mapping[str, Any]:
    return MappingProxyType({field.name: field.default for field in fields(model)})
