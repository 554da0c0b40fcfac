"""Chinese words come in; ASCII ids for addresses and pinyin for sorting go out, the same on every machine."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

_WORD = re.compile(r"[a-z0-9]+")
_RUNS = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+|[^A-Za-z0-9\u00c0-\u024f]+")
LONGEST = 48
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SURNAMES: Mapping[str, str] = MappingProxyType(
    dict(
        re.findall(
            r"(?<!\S)([^\s:]+):(\S+)",
            "单:shan 解:xie 仇:qiu 查:zha 曾:zeng 任:ren 区:ou 朴:piao 翟:zhai 盖:ge 覃:qin 缪:miao 尉:wei 种:chong "
            "乐:yue 召:shao 折:she 繁:po 黑:he 秘:bi 重:chong 洗:xian 冼:xian 员:yun 宁:ning 牟:mou 卜:bu 晟:cheng "
            "逄:pang 乜:nie 句:gou 那:na 哈:ha 过:guo 隗:wei 燕:yan 应:ying 相:xiang 车:che 石:shi 柏:bai 谌:chen "
            "冯:feng 万俟:moqi 尉迟:yuchi 澹台:tantai 长孙:zhangsun",
        )
    )
)
"""Surnames that are not read as the character usually is."""
_GIVEN: Mapping[str, str] = MappingProxyType(
    dict(re.findall(r"(\S):(\S+)", "长:chang 隽:jun 晟:sheng 茜:qian 朝:chao 乐:le 行:xing 重:chong"))
)
"""Characters that are usually read so in given names."""
_TECHNICAL: Mapping[str, str] = MappingProxyType(
    {
        "热轧": " re zha ",
        "冷轧": " leng zha ",
        "轧辊": " zha gun ",
        "轧制": " zha zhi ",
        "长桁": " chang heng ",
        "留巷": " liu hang ",
        "着生": " zhuo sheng ",
        "给水": " ji shui ",
        "供给": " gong ji ",
        "调峰": " tiao feng ",
        "陕西": " shaanxi ",
        "长三角": " chang san jiao ",
    }
)
"""Words of the trades that dictionaries read wrongly, and the one province that is spelt apart from its neighbour."""
_COUNTED: Mapping[str, str] = MappingProxyType(
    dict(
        re.findall(
            r"(\S):(\S+)",
            "年:nian 第:di 届:jie 批:pi 次:ci 一:yi 二:er 三:san 四:si 五:wu 六:liu 七:qi 八:ba 九:jiu 十:shi 百:bai 份:fen 未:wei "
            "载:zai",
        )
    )
)
"""Characters that count years and sessions, read so wherever they stand among themselves: to say them needs no dictionary."""
DOUBLE_SURNAMES = frozenset(
    re.findall(r"\S+", "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 长孙 司徒 令狐 夏侯 澹台 万俟 端木 轩辕")
)


@cache
def syllables(text: str) -> tuple[str, ...]:
    """Pinyin without tones, a syllable each; Latin words and numbers stay whole."""
    runs = _RUNS.findall(unicodedata.normalize("NFKC", text))
    return tuple(word for run in runs for word in _syllables_of_run(run))


@cache
def _syllables_of_run(run: str) -> tuple[str, ...]:
    """No phrase of the dictionary reaches across Latin letters and digits, and the same runs return in many titles."""
    if run.isascii():
        return tuple(_WORD.findall(run.lower()))
    if all(map(_COUNTED.__contains__, run)):
        return tuple([_COUNTED[character] for character in run])
    spoken = pinyin_of(run)
    return tuple(word for part in spoken for word in _WORD.findall(part.lower().replace("ü", "v")))


def pinyin_of(text: str) -> list[str]:
    """Pinyin without tones, a text for each character or run of others; the dictionaries, of half a second, are loaded now."""
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.NORMAL)


def read_rightly(title: str) -> str:
    """The title with pinyin for the words of the trades that dictionaries read wrongly: 热轧 is ``re zha``."""
    for word, reading in _TECHNICAL.items():
        title = title.replace(word, reading)
    return title


def id_for(title: str) -> str:
    """An id made of pinyin, at most 48 characters, cut between syllables; empty where the title has no word at all."""
    return _joined(syllables(read_rightly(title)))


def id_for_person(name: str) -> str:
    """An id for a person, the surname read as a surname: 单志刚 is ``shan-zhi-gang``."""
    surname, given = _parted(name)
    return _joined((*_surname(surname), *_given(given))) if surname else id_for(name)


def name_pinyin(name: str) -> str:
    """A person's name in pinyin as passports order it, without tones: ``He Guanghua``.

    Empty where a name is no surname with a given name: 阿卜杜热合曼·买买提依明 has a spelling of its own, and ``Tesla`` is spelt.
    """
    surname, given = _parted(name)
    if not surname:
        return ""
    first = "".join(_surname(surname))
    rest = ""
    for syllable in _given(given):
        rest += f"'{syllable}" if rest and syllable[0] in "aoe" else syllable
    return " ".join(part.capitalize().replace("v", "ü") for part in (first, rest) if part)


def with_suffix(stem: str, *marks: str) -> str:
    """An id made distinct by what distinguishes its bearer: the initials of a unit, a year."""
    tail = "-".join(mark for mark in marks if mark)
    words = stem.split("-")
    while len("-".join([*words, tail])) > LONGEST + 8 and len(words) > 1:
        words.pop()
    return "-".join([*words, tail]) if tail else stem


def digest(text: str) -> str:
    """Four hexadecimal digits of a text, the last resort for two that sound alike."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:4]


def initials(text: str) -> str:
    """The initials of a unit's name, at most eight: 国网无锡供电公司 is ``gwwxgdgs``."""
    return "".join(word if word.isdigit() else word[0] for word in syllables(text))[:8]


@lru_cache(maxsize=1 << 14)
def slug(text: str, *, distinct: bool = False) -> str:
    """An id that stands for this text alone: one that was cut, or is ``distinct``, ends in a digest of the text."""
    name = id_for(text)
    whole = name == "-".join(syllables(read_rightly(text)))
    return f"{name or 'x'}-{digest(text)}" if distinct or not name or not whole else name


def sort_key(text: str) -> tuple[str, ...]:
    """Order of the dictionary: by pinyin, syllable by syllable, then by the text itself."""
    return (*syllables(text), text)


@cache
def person_sort_key(name: str) -> tuple[str, ...]:
    """The same for a person, the surname read as a surname: 单 stands under shan."""
    surname, given = _parted(name)
    return (*_surname(surname), *_given(given), name) if surname else sort_key(name)


def _joined(words: Iterable[str]) -> str:
    kept: list[str] = []
    for word in words:
        if len("-".join([*kept, word])) > LONGEST:
            break
        kept.append(word)
    return "-".join(kept)


def _parted(name: str) -> tuple[str, str]:
    if not _HAN.fullmatch(name) or not 2 <= len(name) <= 5:
        return "", name
    size = 2 if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else 1
    return name[:size], name[size:]


@cache
def _surname(surname: str) -> tuple[str, ...]:
    return (_SURNAMES[surname],) if surname in _SURNAMES else tuple(pinyin_of(surname))


@cache
def _given(given: str) -> tuple[str, ...]:
    spoken = pinyin_of(given)
    return tuple(_GIVEN.get(character, sound) for character, sound in zip(given, spoken, strict=True))
