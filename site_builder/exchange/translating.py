"""What is said for the texts of an entry or a page comes in; the text of its translation's file goes out, comments and order kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.exchange.revising import Layout, layout_of, rewritten
from site_builder.intake.renderings import BODY, with_value
from site_builder.intake.shapes import Path
from site_builder.intake.translations import ORIGINAL, ORIGINAL_WORD, Translation, shape_of_translation
from site_builder.intake.writing import yaml_of
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind


@frozen
class Said:
    """A new translation of one text, and the Chinese it was made from; empty where the translation goes."""

    path: Path
    text: str
    chinese: str


def renewed(text: str, kind: Kind, *, former: Translation | None, said: Iterable[Said]) -> str:
    """The text of an entry's translation with these in it; ``text`` is the file as it is, empty where there is none.

    Raises ``ValueError`` where the file cannot be read without fault.
    """
    fields: dict[str, Any] = {**former.fields, "body": former.body.strip()} if former else {}
    original: dict[str, Any] = dict(former.original) if former else {}
    touched = set()
    for one in said:
        touched.add(str(one.path[0]))
        fields = with_value(fields, one.path, text=one.text.strip())
        original = with_value(original, one.path, text=one.chinese.strip() if one.text.strip() else "")
    changes = {name: _bare(fields[name]) for name in touched - {BODY[0]}}
    kept = {name: bare for name, value in original.items() if (bare := _bare(value)) is not None}
    body = str(fields["body"]) if BODY[0] in touched else None
    blank = "---\n---\n" if kind.suffix == ".md" else ""
    return rewritten(text or blank, _layout(kind), changes={**changes, ORIGINAL: kept or None}, body=body)


def page_renewed(text: str, *, former: Translation | None, said: Iterable[Said]) -> str:
    """The text of a page's translation; its title stands there under its own Chinese, its body below."""
    changes: dict[str, Any] = {}
    original: dict[str, Any] = dict(former.original) if former else {}
    body = None
    for one in said:
        if one.path == BODY:
            body, original = one.text, {**original, "body": one.chinese}
        else:
            changes[one.chinese] = one.text or None
    plain = Layout(True, _named, dict)
    return rewritten(text or "---\n---\n", plain, changes={**changes, ORIGINAL: original or None}, body=body)


def words_renewed(text: str, words: Mapping[str, str]) -> str:
    """The file of words said everywhere, with these in it: new ones at its end."""
    layout = Layout(False, str, dict)
    present = {one: said for one, said in words.items() if f"{one}" in text}
    fresh = {one: said for one, said in words.items() if one not in present}
    changed = rewritten(text, layout, changes=present) if present else text
    if not fresh:
        return changed
    newline = "\r\n" if "\r\n" in changed else "\n"
    gap = newline if changed and not changed.endswith("\n") else ""
    return changed + gap + yaml_of(fresh).replace("\n", newline)


def _layout(kind: Kind) -> Layout:
    own = layout_of(kind)

    def ordered(fields: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = fields.get(ORIGINAL)
        if isinstance(kept, Mapping):
            kept = {**own.ordered(kept), **{name: one for name, one in kept.items() if name == BODY[0]}}
        return {**own.ordered(fields), **({ORIGINAL: kept} if ORIGINAL in fields else {})}

    return Layout(own.markdown, shape_of_translation(kind).name_of, ordered)


def _named(word: str) -> str:
    return ORIGINAL if word == ORIGINAL_WORD else word


def _bare(value: Any) -> Any:
    """A value without what says nothing; None where nothing is left. Places within lists stay."""
    if isinstance(value, Mapping):
        return {name: bare for name, one in value.items() if (bare := _bare(one)) is not None} or None
    if isinstance(value, list):
        several = [_bare(one) for one in value]
        while several and several[-1] is None:
            several.pop()
        hollow: Any = {} if any(isinstance(one, Mapping) for one in value) else ""
        return [hollow if one is None else one for one in several] or None
    return value or None
