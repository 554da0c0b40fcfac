"""What a first build begins before anybody asks for it: the press finds it, and does not do it again."""

import os
from functools import partial
from pathlib import Path

from small import project, write

from site_builder.commands.engine import configured, plugin_of, templates_of
from site_builder.press.apart import apart
from site_builder.press.compiled import CACHE
from site_builder.press.templates import compile_all

SETTINGS = """\
site_name: 样本展
site_url: https://example.org/
docs_dir: content/pages
theme:
  name: material
  custom_dir: theme
plugins:
  - exhibition
"""


def test_templates_compiled_by_another_process_are_those_of_the_press(tmp_path: Path) -> None:
    """They are looked for in the same folders, the exhibition's own first, and taken as they are kept."""
    root = write(tmp_path, {"projects/sample.md": project(), "pages/index.md": "# 样本\n"})
    own = root / "theme/exhibits/own.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ 1 }}", encoding="utf-8")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    config = configured(root)
    looked = templates_of(config)
    with apart(partial(compile_all, looked, root), alone=False) as begun:
        _ = begun.result
    kept = _files(root / CACHE)
    assert kept
    plugin_of(config).on_config(config)
    assert tuple(config.theme.dirs) == looked
    compile_all(looked, root)
    assert _files(root / CACHE) == kept


def _files(folder: Path) -> dict[str, int]:
    """Name → number of each file on its disk, which is another when it is written again."""
    return {item.name: item.inode() for item in os.scandir(folder)}
