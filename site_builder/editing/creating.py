"""A kind and a title come in, a new draft of an entry goes out; and an entry comes in, and goes, to be brought back if need be."""

import re
from itertools import chain, count
from pathlib import Path

from site_builder.editing.copies import GONE, copy_of, version_of, versions_of
from site_builder.editing.form_values import plain_text
from site_builder.editing.saving import Change, Differs, Refused, inside_content, replace_file, save, standing_for
from site_builder.exchange.journal import last_label, undo, write_all
from site_builder.intake.drafts import Draft
from site_builder.intake.folders import standing_of
from site_builder.intake.writing import text_of
from site_builder.model.entry import is_id
from site_builder.model.frozen import frozen
from site_builder.model.kinds import Kind, kind_named
from site_builder.model.naming import id_for, id_for_person, slug

_BLANKS = re.compile(r"\s+")


@frozen
class Wanted:
    """A new entry as an editor asks for it; without an id one is proposed."""

    kind: str
    title: str
    id: str = ""
    edition: str = ""


def proposed_id(root: Path, wanted: Wanted) -> str:
    """An id from pinyin that no entry of the kind has; homonyms are numbered."""
    kind = _kind(wanted)
    title = _title(wanted)
    name = (id_for_person(title) if kind.name == "craftsman" else id_for(title)) or slug(title)
    taken = {path.stem for path in (root / "content" / kind.folder).rglob(f"*{kind.suffix}")}
    return next(one for one in chain([name], (f"{name}-{number}" for number in count(2))) if one not in taken)


def create(root: Path, wanted: Wanted) -> str:
    """Writes the new entry, a draft that is not published yet, and returns its path."""
    kind, title = _kind(wanted), _title(wanted)
    name = wanted.id or proposed_id(root, wanted)
    if not is_id(name) or (wanted.edition and not is_id(wanted.edition)):
        raise Refused(f"编号“{name[:40]}”不合规则", f"只用小写字母、数字和连字符，如 {proposed_id(root, wanted)}")
    edition = {"edition": wanted.edition} if wanted.edition and kind.name == "project" else {}
    draft = Draft(kind.name, name, {kind.title_field: title, **edition, "status": "draft"}, ())
    standing, faults = standing_of(draft.path)
    if standing is None or faults:
        raise Refused(faults[0].message, faults[0].hint)
    if any((root / "content" / kind.folder).rglob(f"{name}{kind.suffix}")):
        raise Refused(f"编号“{name}”已经有了", f"换一个，如 {proposed_id(root, wanted)}", status=409)
    replace_file(root, draft.path, data=text_of(draft).encode(), base=GONE)
    return draft.path


def withdraw(root: Path, path: str, *, base: str) -> str:
    """Marks an entry as withdrawn: its address stays and says so. Returns the new version."""
    return save(root, Change(path, base, {"status": "withdrawn"}))


def delete(root: Path, path: str, *, base: str) -> str:
    """Removes the file of an entry and its translations, kept in the journal; returns the label under which they are brought back."""
    standing = standing_for(path)
    inside_content(root, path)
    if version_of(root, path) != base or base == GONE:
        raise Differs(copy_of(root, path, standing=standing))
    label = f"删除 {path}"
    write_all(root, [(one, None) for one in versions_of(root, path)], label=label)
    return label


def restore(root: Path, label: str) -> tuple[str, ...]:
    """Brings back what was deleted last; refused where something else was done since that ``undo`` would take back first."""
    if not label.startswith("删除 ") or last_label(root) != label:
        raise Refused("之后又有别的导入或删除，不能在这里恢复", "在命令行里用 exhibition undo 逐步撤回", status=409)
    done = undo(root)
    if done.problems:
        raise Refused("同名的文件又有了，没有恢复", status=409)
    return done.restored


def _kind(wanted: Wanted) -> Kind:
    try:
        return kind_named(wanted.kind)
    except KeyError as fault:
        raise Refused("没有这一种条目") from fault


def _title(wanted: Wanted) -> str:
    title = _BLANKS.sub(" ", plain_text(wanted.title)).strip()
    if not title:
        raise Refused("先写标题或名称")
    return title
