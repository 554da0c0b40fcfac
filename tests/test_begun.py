"""What a first build begins before anybody asks for it: the press finds it, and does not do it again."""

import os
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from small import project, write

from site_builder.commands.engine import configured, plugin_of, templates_of
from site_builder.press.apart import apart
from site_builder.press.compiled import CACHE, Compiled
from site_builder.press.engine_templates import compile_filled
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


def test_what_mkdocs_fills_is_compiled_by_another_process_too(tmp_path: Path) -> None:
    """It finds what was left, apart from what the press compiles of the same text in another way."""
    config = _exhibition(tmp_path)
    looked = templates_of(config)
    with apart(partial(compile_filled, config.theme, looked, root=tmp_path), alone=False) as begun:
        _ = begun.result
    plugin_of(config).on_config(config)
    env = config.theme.get_env()
    for name in ("main.html", "404.html", "exhibits/head.html"):
        assert env.bytecode_cache is not None
        source, filename, _ = env.loader.get_source(env, name)
        assert env.bytecode_cache.get_bucket(env, name, filename, source).code is not None
        assert Compiled(tmp_path).get_bucket(env, name, filename, source).code is None


def test_mkdocs_copies_the_same_though_it_looks_into_no_hidden_folder(tmp_path: Path) -> None:
    """Files of a theme count, those within hidden folders never did."""
    config = _exhibition(tmp_path)
    for name in ("assets/own.svg", "assets/deeper/own.svg", ".icons/own.svg", "assets/.hidden/own.svg"):
        path = tmp_path / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<svg/>", encoding="utf-8")
    plugin_of(config).on_config(config)
    leaner, plain = Files([]), Files([])
    leaner.add_files_from_theme(config.theme.get_env(), config)
    plain.add_files_from_theme(type(config.theme).get_env(config.theme), config)
    assert [file.src_uri for file in leaner] == [file.src_uri for file in plain]
    assert leaner.get_file_from_path("assets/deeper/own.svg")
    assert len(config.theme.get_env().list_templates()) < len(type(config.theme).get_env(config.theme).list_templates())


def _exhibition(root: Path) -> MkDocsConfig:
    write(root, {"projects/sample.md": project(), "pages/index.md": "# 样本\n"})
    (root / "theme").mkdir()
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return configured(root)


def _files(folder: Path) -> dict[str, int]:
    """Name → number of each file on its disk, which is another when it is written again."""
    return {item.name: item.inode() for item in os.scandir(folder)}
