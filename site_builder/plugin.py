"""The door for MkDocs: its events come in, calls of the pipeline go out; no exhibition logic lives here."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mkdocs.config import base
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from site_builder.intake.reporting import as_text, summary
from site_builder.model.entry import Entry
from site_builder.model.exhibition import Exhibition
from site_builder.model.kinds import KINDS
from site_builder.model.languages import languages_of
from site_builder.model.pages import Head
from site_builder.model.problems import Problem, Severity, stops
from site_builder.model.settings import SETTINGS, Setting, amiss, as_written, held
from site_builder.press.crew import Staff
from site_builder.press.engine_templates import dress
from site_builder.press.frames import BASE_TOKEN, Frame, base_of, frame_from, tidied
from site_builder.press.laid import token_of
from site_builder.press.output import discard, is_ours, staging_for, swap, take_over
from site_builder.press.packaged import packaged_theme
from site_builder.press.pressing import Press, put_files, put_written
from site_builder.press.stages import Stage, stage
from site_builder.press.templates import Kept, environment, marked_safe
from site_builder.press.text import cleaned
from site_builder.press.theme import PARTS, UNUSED, assets_of, laid_assets, style_sheets
from site_builder.press.twin import Twin, put_in_place
from site_builder.publish.deck import Deck
from site_builder.publish.embeds import EmbeddedText, embed, placeholder
from site_builder.publish.home import absent_sections
from site_builder.publish.linked import written_described
from site_builder.publish.publishers import loose_files
from site_builder.publish.stories import story_head, story_told
from site_builder.survey import Survey, cores
from site_builder.surveying import survey
from site_builder.warm.desk import Desk
from site_builder.warm.memory import ENGINE, Engine, Memory

log = get_plugin_logger("exhibition")
_DEFAULTS = MappingProxyType({field.name: field.default for field in fields(Exhibition)})
_FRAME = "_frame/"
_SECTIONS = tuple(dict.fromkeys(("home", *(kind.section for kind in KINDS if kind.section))))
_PLACES = re.compile(r'<div data-embed="(\d+)"></div>')


class Written(base.BaseConfigOption[Any]):
    """A setting as editors wrote it goes in, as the exhibition holds it comes out."""

    def __init__(self, setting: Setting, default: object) -> None:
        super().__init__()
        self.setting = setting
        self.default = default

    def run_validation(self, value: object) -> Any:
        """ValidationError says how it ought to be written; our own commands have told it before, with its place."""
        said = as_written(value)
        wanted = amiss(self.setting, said)
        if wanted:
            raise base.ValidationError(f"{self.setting.label}：{wanted}")
        return self.default if said is None else held(self.setting, said, default=self.default)


class ExhibitionPlugin(BasePlugin[base.LegacyConfig]):
    """Checks before anything is written, lends MkDocs the stories and frames, then presses all pages and swaps the site in."""

    config_scheme = tuple((name, Written(setting, _DEFAULTS.get(name))) for name, setting in SETTINGS.items())

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """As new: MkDocs keeps this plugin from one configuration of a process to the next."""
        self.root = Path()
        self.site_dir = Path()
        self.survey: Survey | None = None
        self.ready: Survey | None = None
        """A survey handed in by the command line or the preview, so that the content is read once."""
        self.frames: dict[str, Frame] = {}
        self.texts: dict[str, EmbeddedText] = {}
        self.written: tuple[str, ...] = ()
        self.absent: tuple[str, ...] = ()
        self.assets = "assets/"
        """The folder of scripts and style sheets, named by their content."""
        self.amiss: tuple[Problem, ...] = ()
        """What the audit of the new site found and let pass; the command line prints it."""
        self.staff = Staff()
        self.open_desk: Callable[[Deck], Desk] = Desk
        """Opens the desk of a build with what is remembered of the last one."""
        self.desk: Desk | None = None
        self.given = b""
        """Digest of the files that MkDocs reads."""
        self.memory = Memory()
        """What the build remembers, when it is done."""
        self.twin: Twin | None = None
        """The twin of a site that is mended."""
        self.instead: Callable[[Survey, Press], None] | None = None
        """Takes survey and press instead of a pressing of all pages: the preview makes them on demand."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keeps this plugin alive between the rebuilds of ``mkdocs serve``."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Surveys the content first of all, for MkDocs cleans the output before it asks for files."""
        self.root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.site_dir = Path(config.site_dir).resolve()
        self.survey = self.ready or survey(self.root, exhibition_from(config, self.config))
        self.ready = None
        self.absent = absent_sections(self.survey.deck)
        self.desk = self.open_desk(self.survey.deck)
        self.desk.recorder.opened()
        refused = is_ours(self.site_dir, self.root)
        self._report(self.survey.problems, strict=config.strict)
        if refused:
            raise PluginError(str(refused))
        dress(config.theme, theme_dirs(config), root=self.root, keeps=self.instead is None)
        config.theme.static_templates.discard("sitemap.xml")
        config.site_dir = str(staging_for(self.site_dir))
        config.watch += [str(self.root / "content"), *(directory for directory in config.theme.dirs[:2])]
        return config

    def _report(self, problems: tuple[Problem, ...], *, strict: bool) -> None:
        """Warnings go to MkDocs's log, so that its own strict mode counts them; errors stop the build."""
        if stops(problems, strict=strict):
            raise PluginError(_refusal(problems))
        if not self.config["quiet"]:
            for problem in problems:
                (log.warning if problem.severity is Severity.WARNING else log.info)("%s", problem)

    def _add_assets(self, files: Files, config: MkDocsConfig) -> None:
        """Scripts, icons and pictures of the theme, some scripts as one; an exhibition's own file takes the packaged one's place."""
        own = {file.src_uri: Path(file.abs_src_path) for file in files if file.abs_src_path}
        published = assets_of(own)
        for uri in (published.keys() | PARTS) & own.keys():
            file = files.get_file_from_path(uri)
            assert file is not None
            files.remove(file)
        sheets = style_sheets(config.theme.dirs, "")
        self.assets, laid = laid_assets(published, sheets, tongues=self._survey.tongues)
        for address, content in laid.items():
            files.append(_generated(config, address, content=content))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a frame per section and every story; leaves out what no page uses."""
        for file in list(files):
            if UNUSED.match(file.src_uri) and file.generated_by is None and not file.is_documentation_page():
                files.remove(file)
        self._add_assets(files, config)
        for section in _SECTIONS:
            files.append(
                _generated(config, f"{_FRAME}{section}.md", content=f"---\ntitle: {section}\nframe: {section}\n---\n")
            )
        for story in self._stories():
            files.append(
                _generated(config, f"stories/{story.id}.md", content=f"---\nstory: {story.key}\n---\n{story.body}")
            )
        return files

    def _stories(self) -> list[Entry]:
        return [self._deck.catalogue.entries[key] for key in self._deck.catalogue.of_kind("story")]

    @property
    def _survey(self) -> Survey:
        assert self.survey is not None
        return self.survey

    @property
    def _deck(self) -> Any:
        """The deck, being watched, so that it is known on what MkDocs's pages depend."""
        assert self.desk is not None
        return self.desk.recorder.deck

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts placeholders where a text embeds entries."""
        text = embed(self._deck, markdown, source=page.file.src_uri, charts=self._survey.charts)
        self.texts[page.file.src_uri] = text
        return text.markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Sanitises stories, for they are entries, and puts the embedded cards in the places kept for them."""
        if page.meta.get("story"):
            html = cleaned(html)
        text = self.texts.pop(page.file.src_uri, None)
        if text is None or not text.embeds:
            return html
        env = environment(tuple(config.theme.dirs))
        kept = Kept(env, base=base_of(page.url), site=self._deck.catalogue.exhibition)
        for number, found in enumerate(text.embeds):
            html = html.replace(placeholder(number), kept.rendered("embedded.html", embed=found))
        return html

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Gives a page written in Markdown what the press gives its pages: head, settings, way back to the root."""
        frame = page.meta.get("frame")
        story = page.meta.get("story")
        if story:
            entry = self._deck.catalogue.entries[story]
            head = story_head(self._deck, entry)
            context |= story_told(self._deck, entry)
        else:
            head = Head(str(page.title), str(page.meta.get("description", "")), page.url, "assets/share.png")
            head = head if frame else written_described(self._deck, head)
        return context | self._context(
            BASE_TOKEN if frame else base_of(page.url), head, section=frame or ("stories" if story else "about")
        )

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """The page for addresses that do not exist can be shown at any depth: its links start at the root."""
        head = Head("这一页不在这里", "您要找的页面不存在，或已经移走。", template_name, "", indexed=False)
        return context | self._context(self._deck.catalogue.exhibition.base_path, head, section="missing")

    def _context(self, base_uri: str, head: Head, *, section: str) -> dict[str, Any]:
        """What the theme's own partials read on every page."""
        return {
            "site": self._deck.catalogue.exhibition,
            "base": base_uri,
            "assets": self.assets,
            "head": head,
            "section": section,
            "absent": self.absent,
            "tongues": languages_of(self._deck.catalogue.exhibition.languages)[1:],
            "safe": marked_safe,
        }

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Takes the frames out; MkDocs does not write an empty page."""
        frame = page.meta.get("frame")
        if frame:
            try:
                self.frames[frame] = frame_from(output)
            except ValueError as fault:
                raise PluginError(
                    "主题的 main.html 有误：缺少放页首和正文的两个位置（slot）。站点没有改动。"
                ) from fault
            return ""
        return tidied(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Leaves comments and blank lines out of the missing page, too."""
        return tidied(output_content) if template_name.endswith(".html") else output_content

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Notes which pages MkDocs writes itself, for the sitemap."""
        self.written = tuple(file.url for file in files.documentation_pages() if not file.src_uri.startswith(_FRAME))
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Presses all pages into the staging directory and lets it take the site's place."""
        staging = Path(config.site_dir)
        press = Press(
            self._deck.catalogue.exhibition,
            dict(self.frames),
            tuple(config.theme.dirs),
            staging,
            former=self.site_dir if self.site_dir.is_dir() else None,
            assets=self.assets,
            tongues=self._survey.tongues,
            neutral=self._survey.neutral,
        )
        put_written(press, self.written)
        if self.instead:
            put_files(press, [*loose_files(self._deck), *style_sheets(press.theme_dirs, press.assets)])
            self.instead(self._survey, press)
        else:
            self._press(press, strict=config.strict)
        with stage(Stage.SWAP):
            if self.twin is not None:
                put_in_place(staging, self.twin, names=self.memory.tokens.keys())
            else:
                if not self.instead:
                    take_over(staging, self.site_dir)
                swap(staging, self.site_dir)
        config.site_dir = str(self.site_dir)

    def _press(self, press: Press, *, strict: bool) -> None:
        """Presses all pages that are not right any more, and puts them in place."""
        # the press and all it prints are loaded when there is something to press: a check does without
        from site_builder.pipeline import press_site
        from site_builder.warm.offering import offered

        assert self.desk is not None
        engine = Engine(press.exhibition, press.frames, press.theme_dirs, press.assets, self.written)
        laid = (path for path in press.out.rglob("*") if path.is_file())
        files = {path.relative_to(press.out).as_posix(): token_of(path.read_bytes()) for path in laid}
        self.desk.recorder.closed(ENGINE, self.given, files=files, result=engine)
        with offered(self._survey.deck, press, desk=self.desk, staff=self.staff, alone=cores() == 1) as offering:
            made = press_site(self._survey, offering, desk=self.desk, engine=engine, staff=self.staff)
        if stops(made.problems, strict=strict):
            # not a PluginError, of which MkDocs would say that it was aborted and not why
            raise Abort(_refusal(made.problems))
        self._report(made.problems, strict=False)
        self.amiss, self.memory = made.problems, made.memory
        log.info("%d 个页面", made.pages + len(self.written))

    def on_build_error(self, *, error: Exception) -> None:
        """Nothing is left of a build that failed; the former site stays as it was."""
        discard(self.site_dir)


def theme_dirs(config: MkDocsConfig) -> list[str]:
    """Where templates and style sheets are looked for: those of the exhibition, ours, those of the frame."""
    found, ours = list(config.theme.dirs), str(packaged_theme())
    if ours not in found:
        found.insert(1 if config.theme.custom_dir else 0, ours)
    return found


def exhibition_from(config: MkDocsConfig, options: Mapping[str, Any]) -> Exhibition:
    """The exhibition's settings out of MkDocs's and the plugin's."""
    return Exhibition(
        name=config.site_name,
        url=f"{config.site_url.rstrip('/')}/" if config.site_url else "",
        description=config.site_description or "",
        editorial=tuple(sorted(_written_addresses(Path(config.docs_dir)))),
        **{name: options[name] for name in SETTINGS if name in _DEFAULTS},
    )


def _refusal(problems: tuple[Problem, ...]) -> str:
    return f"{as_text(problems)}\n{summary(problems)}。站点没有改动。"


def _written_addresses(pages: Path) -> Iterator[str]:
    for path in pages.rglob("*.md"):
        name = path.relative_to(pages).with_suffix("").as_posix()
        yield f"{name}/" if path.stem != "index" else name.removesuffix("index")


def _generated(config: MkDocsConfig, uri: str, *, content: str | bytes) -> File:
    return File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
