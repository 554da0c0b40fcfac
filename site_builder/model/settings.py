"""What editors may write in mkdocs.yml, each setting declared once: checks, the plugin and the table of the manual read it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, get_args

from site_builder.model.frozen import frozen
from site_builder.model.guesses import perhaps
from site_builder.model.languages import LANGUAGES
from site_builder.model.publication import Policy

Form = Literal["text", "texts", "switch", "number", "day", "choice", "choices", "sizes"]
SWITCH: Mapping[str, bool] = MappingProxyType(
    {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
)
"""YAML's words for a switch, in lower case."""


@frozen
class Setting:
    """One setting of the exhibition: its name and a note for editors, and the form of its value."""

    label: str
    form: Form = "text"
    note: str = ""
    choices: tuple[str, ...] = ()


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "title_lines": Setting("大标题分行", "texts", "首页上的大标题，一行一段；最后一行字重较轻"),
        "short_name": Setting("简称", note="用在页首和网页标题里"),
        "slogan": Setting("一句话介绍", note="在首页大标题下；本届展期写了简介时用简介"),
        "organiser": Setting("主办单位"),
        "undertaker": Setting("承办单位"),
        "contact": Setting("联系部门", note="对外联系的部门和它的电话，不写个人"),
        "correction": Setting(
            "纠错的去处", note="`https://`开头的网址，或`mailto:`加部门邮箱；不写就到说明怎样纠错的那一页"
        ),
        "icp": Setting("网站备案号", note="如“沪ICP备00000000号”"),
        "police": Setting("公安备案号", note="如“沪公网安备00000000000000号”"),
        "site_code": Setting("政府网站标识码"),
        "licence": Setting("数据的许可", note="如`CC-BY-4.0`，或一句话"),
        "demonstration": Setting("演示", "switch", "每一页都注明这是演示"),
        "published": Setting("资料截至", "day", "没有写更新日期的条目用它；同意书是否到期也按它"),
        "current_edition": Setting("本届", note="展期的编号，首页展出它"),
        "halls_edition": Setting("首页展厅", note="取自哪个展期，写编号；不写就是本届"),
        "page_size": Setting("每页件数", "number"),
        "share_cards": Setting("转发用的图", "switch", "给每个条目画一张"),
        "posters": Setting("海报", "switch", "给每个条目画一张"),
        "deep_zoom": Setting("放大细看", "switch", "提供原图的大图可以放大"),
        "open_data": Setting("开放数据", "switch", "见[开放数据](open-data.md)"),
        "offline": Setting("离线看", "switch", "观众看过的页面存在浏览器里，没有网络也能看"),
        "avif": Setting("AVIF图片", "switch", "每张图另做一份，更小，做得慢"),
        "budgets": Setting("网页大小的限度", "sizes", "见[检查建成的网站](audit.md)"),
        "persons_without_basis": Setting(
            "没有公开依据的姓名", "choice", "见[个人信息](privacy.md)", choices=get_args(Policy)
        ),
        "languages": Setting("另做的语言", "choices", "见[繁体与英文](languages.md)", choices=tuple(LANGUAGES)),
        "quiet": Setting("少说几句", "switch", "用`mkdocs build`建站时不列警告和提示"),
    }
)


def amiss(setting: Setting, value: object) -> str:
    """How a value, a text or a list or mapping of texts, ought to be written; nothing where it is right or left empty."""
    if value is None or value == "":
        return ""
    if setting.form in {"texts", "choices"}:
        return _list_amiss(value, setting.choices)
    if setting.form == "sizes":
        return "" if isinstance(value, dict) else "写成 {entry: 400KB} 这样"
    if not isinstance(value, str):
        return "这里只写一个值"
    if setting.choices:
        return "" if value in setting.choices else _one_of(value, setting.choices)
    fits, hint = _FORMS.get(setting.form, (bool, ""))
    return "" if fits(value) else hint


def as_written(value: object) -> object:
    """What YAML makes of a value without quotation marks, a number, a day or a switch, as the text that was written."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case list() | tuple():
            return [as_written(one) for one in value]
        case dict():
            return {str(name): as_written(one) for name, one in value.items()}
    return str(value)


def held(setting: Setting, value: Any, *, default: object) -> object:
    """A value that is right, as the exhibition holds it: lists as tuples, what was left empty as if it were not there."""
    match setting.form:
        case "text" | "day" | "choice":
            return value
        case "texts" | "choices":
            return tuple(value) or default
        case "switch":
            return SWITCH.get(value.lower(), default)
        case "number":
            return int(value) if value else default
    return value


def _list_amiss(value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return f"写成方括号里的清单：[{', '.join(choices) or '第一段, 第二段'}]"
    return next((_one_of(one, choices) for one in value if choices and one not in choices), "")


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    return f"没有“{value}”，可以写 {'、'.join(choices)}。{perhaps(value, choices)}".removesuffix("。")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = MappingProxyType(
    {
        "switch": (lambda text: text.lower() in SWITCH, "写 true 或 false"),
        "number": (lambda text: text.isascii() and text.isdigit() and int(text) > 0, "写一个大于零的整数"),
        "day": (_is_day, "写成 2026-11-21 这样的日期"),
    }
)
