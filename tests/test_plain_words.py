"""The words of the interface: no slogans, no machine's talk, no address to “users”; read from templates, scripts and the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
THEME = PROJECT / "theme"
PROGRAM = PROJECT / "site_builder"
SLOGANS = "赋能 抓手 闭环 打造 一站式 矩阵 沉浸 极致 亮点纷呈 热烈祝贺 猜你喜欢 敬请期待 隆重推出"
MACHINE = "渲染 缓存 异常 非法 无效请求 请求失败 报错 初始化 参数 加载 接口 服务器 浏览器不支持 JavaScript"
EMPTY = "暂无 查看详情 点击这里 点击此处 用户"
AVOIDED = tuple(f"{SLOGANS} {MACHINE} {EMPTY}".split())
"""Each with a plain word in its place: 打不开, 看看, 观众, 浏览器…, or nothing at all."""
FOR_MACHINES = frozenset({"data.html"})
"""The page of open data speaks to programmers and may name what they look for."""
ADMINISTRATORS = frozenset({"headers.py", "deploy.py", "bucket.py", "fetching.py"})
"""What they say is read by whoever keeps a server."""
PROGRAMMERS = frozenset({"llms.py", "page.py", "openapi.py"})
"""Likewise by whoever reads the open data."""
NAMED = re.compile("用户名|^暂无$|“暂无”")
"""Part of a path; and what people write into cells for nothing."""
CHINESE = re.compile(r"[^\x00-\x7f]")


def words_of(path: Path) -> str:
    """What visitors may read of a file: comments and code are left out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        text = re.sub(r"/\*[^*]*\*/", "", text)
        lines = (re.sub(r"(^|[ \t])//.*", "", line) for line in text.splitlines())
        text = "\n".join(lines)
        return "\n".join(words for words in re.findall(r"\"([^\"\n]*)\"", text) if CHINESE.search(words))
    text = re.sub(r"\{#.*?#\}|<!--.*?-->", "", text, flags=re.DOTALL)
    return "\n".join(line for line in text.splitlines() if CHINESE.search(line))


def avoided(text: str) -> list[str]:
    """The words of the list that stand in it."""
    return [word for word in AVOIDED if word in text]


FILES = [
    path
    for path in sorted((*THEME.rglob("*"), *(PROGRAM / "editing/browser").iterdir()))
    if path.suffix in {".html", ".js"} and "vendor" not in path.parts and path.name not in FOR_MACHINES
]


def test_the_interface_speaks_plainly() -> None:
    """No word of the list anywhere that visitors read."""
    assert len(FILES) > 40
    assert [(path.name, found) for path in FILES if (found := avoided(words_of(path)))] == []


def test_the_program_speaks_plainly() -> None:
    """Problems, questions, help of commands: every Chinese text in the program that editors may read."""
    modules = [path for path in sorted(PROGRAM.rglob("*.py")) if path.name not in ADMINISTRATORS | PROGRAMMERS]
    texts = [
        (path.name, node.lineno, node.value)
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
    ]
    assert len(texts) > 3000
    assert [(name, line, found) for name, line, text in texts if (found := avoided(NAMED.sub("", text)))] == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.html", "{# 缓存 #}<p>暂无内容</p>", ["暂无"]),
        ("a.js", '// 缓存\nsay("加载失败，请刷新");', ["加载"]),
        ("a.js", 'say("打不开");', []),
    ],
)
def test_the_check_reads_words_and_not_comments(tmp_path: Path, name: str, text: str, found: list[str]) -> None:
    """So that it can fail, and fails for what is read."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert avoided(words_of(tmp_path / name)) == found


def test_sentences_are_short_enough_to_be_heard_once() -> None:
    """No sentence of the interface has more than 60 characters."""
    said = [(path.name, one) for path in FILES for one in re.findall(r"[\u4e00-\u9fff，、“”（）]{61,}", words_of(path))]
    assert said == []
