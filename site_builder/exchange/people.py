"""A cell that names people or units comes in; each name with its part in the work goes out, in the order of the cell."""

import re
import unicodedata

from site_builder.exchange.lists import items_of, outside
from site_builder.model.naming import DOUBLE_SURNAMES

_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,6}·[\u3400-\u9fff·]{1,12}")
_ROLE = re.compile(
    r"^(?P<name>[^（(：:]*?[^（(：:\s])\s*+(?:[（(](?P<role>[^（）()]{1,30})[)）]|[：:—-]\s*(?P<said>[^：:]{1,30}))$"
)
_ROLE_FIRST = re.compile(
    r"^(?P<role>(?:第[一二三四五六七八九十]完成人|主创(?:人员?)?|负责人|牵头人|组长|副组长|成员|组员|参与(?:人员?)?|参加(?:人员?)?|指导|设计|主持))[：:]\s*(?P<names>.+)$"
)
_UNIT_ROLE = re.compile(r"^(?P<name>.*?\S)\s*+[（(](?P<role>[^（）()]*(?:单位|承担|主持|牵头|参与|协作|协助))[)）]$")
_PART_BELOW = re.compile(
    r"(?<!\s)[^\S\n]*+\n\s*+(?=[^\n、；;，,]{1,12}(?:车间|分公司|分厂|工区|工段|班组|项目部|事业部|处|科)[ \t]*(?:\n|$))"
)
"""A line break within the name of a unit: what follows is no unit of its own."""
_OTHERS = re.compile(r"(?<!\s)\s+(?=等(?:\s*\d+\s*[人名位])?$)")
"""A blank before 等5人, which belongs to the last name."""
_SEAL = re.compile(r"(?<!\s)\s*[（(](?:加?盖(?:单位)?[公印]?章|(?:单位)?公章|签章|章)[)）](?=\s*(?:$|[、；;，,\n]))")
_NUMBER = re.compile(r"^\s*\d{1,2}\s*[、.．)）]\s*")
_JOINTS = "、，,；;/／\n"


def people_in(text: str) -> list[dict[str, str]]:
    """``张三（主创）、李 四 王五`` → three people; what is no list of names (张三等3人) stays one text."""
    found: list[dict[str, str]] = []
    for group in re.split(r"[；;\n]", text):
        headed = _ROLE_FIRST.match(group.strip())
        names = _split(headed["names"] if headed else group)
        found += [_person(name, headed["role"] if headed else "") for name in names]
    return found


def names_in(text: str) -> list[str]:
    """The names of a list that says no roles: ``张 三 李四`` → two; a bracket stays where it is."""
    return [name for group in re.split(r"[；;\n]", text) for name in _split(group)]


def whole_name(text: str) -> str:
    """One person's name without the blanks that fill its column: ``王　强``, ``欧阳 修``, ``张 小明``."""
    names = _spaced(text.strip())
    return names[0] if len(names) == 1 else text


def unsealed(text: str) -> str:
    """The name of a unit without the form's own （盖章） behind it."""
    return _SEAL.sub("", text)


def units_in(text: str) -> list[dict[str, str]]:
    """``甲公司（第一完成单位）、乙所`` → two units; a bracket inside a name stays in it, and so does the department on a line below."""
    parts = items_of(_PART_BELOW.sub("", unsealed(text)), separators="；;、")
    if len(parts) == 1:
        commas = outside(parts[0], "，,")
        parts = commas if all(len(part.strip()) > 3 for part in commas) else parts
    found = []
    for part in parts:
        role = _UNIT_ROLE.match(part.strip())
        found.append({"organisation": role["name"], "role": role["role"]} if role else {"organisation": part.strip()})
    return found


def _split(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "，") if text.isascii() else text
    pieces = re.split(r"(?<!\s)\s+(?=\d{1,2}\s*[、.．)）])", plain)
    parts = [_NUMBER.sub("", part).strip() for piece in pieces for part in outside(_NUMBER.sub("", piece), _JOINTS)]
    return [name for part in parts for name in _spaced(part) if name]


def _spaced(text: str) -> list[str]:
    """Names parted by spaces alone; ``张 三`` is one name written wide."""
    text = _OTHERS.sub("", text)
    words = re.split(r"[ \u3000]+", text)
    if len(words) == 1 or not all(_HAN.match(word) for word in words):
        return [text]
    if all(len(word) == 1 for word in words):
        return ["".join(words)] if len(words) <= 4 else [text]
    names: list[str] = []
    for word in words:
        if names and (len(names[-1]) == 1 or (len(word) == 1 and names[-1] in DOUBLE_SURNAMES)):
            names[-1] += word
        else:
            names.append(word)
    return names if all(_NAME.match(name) for name in names) else [text]


def _person(text: str, role: str) -> dict[str, str]:
    found = _ROLE.match(text)
    said = role
    if found and not re.search(r"等\s*\d*\s*人|团队", text):
        text, said = found["name"], found["role"] or found["said"] or role
    name = _joined(text)
    return {"person": name, **({"role": said.strip()} if said else {})}


def _joined(name: str) -> str:
    words = name.split()
    return (
        "".join(words)
        if len(words) == 2 and all(len(word) == 1 and _HAN.match(word) for word in words)
        else name.strip()
    )
