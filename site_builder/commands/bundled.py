"""The loading of many modules comes in; they are loaded from one file that holds the byte code of all, as Python left it in hundreds.

An edit loads some five hundred modules, and a quarter of that time goes into finding them: folders are listed, files opened, read and
compared with their sources one by one. Here each is believed for the reason for which Python believes its own files of byte code: time
and size of the source are those it was compiled from. The file lies where those lie; where it cannot be written, or nothing is to be, all
is as without it.
"""

import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import cache_from_source, spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

from site_builder.intake.stamps import fresh_file
from site_builder.model.frozen import frozen

_FEW = 100
"""So many modules that it lacks are worth a file written anew."""


@frozen
class _Bundled:
    """A module as it was compiled."""

    origin: str
    places: list[str] | None
    """Where a package looks for its modules."""
    stamp: tuple[int, int]
    """Time of change (ns) and size of the source."""
    code: CodeType

    def spec(self, name: str) -> ModuleSpec | None:
        """How to load it; None where the source is another now."""
        if _stamp(self.origin) != self.stamp:
            return None
        return spec_from_file_location(
            name, self.origin, loader=_Loader(name, self), submodule_search_locations=self.places
        )


class _Loader(SourceFileLoader):
    """Knows the code already."""

    def __init__(self, name: str, one: _Bundled) -> None:
        super().__init__(name, one.origin)
        self._code = one.code

    def get_code(self, fullname: str) -> CodeType:
        """The code as it was compiled."""
        return self._code


class _Finder:
    """Finds what is in the bundle; all else others find."""

    def __init__(self, known: Mapping[str, _Bundled]) -> None:
        self._known = known

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """As Python asks for it."""
        one = self._known.get(name)
        return one.spec(name) if one else None


def bundle_of(name: str) -> Path:
    """Where the bundle of this name lies: where Python leaves the byte code of this room."""
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".bundle")


@contextmanager
def bundled(bundle: Path) -> Iterator[None]:
    """What is loaded within is loaded from this bundle, which is written anew where it lacks much."""
    known = _read(bundle)
    finder, before = _Finder(known), set(sys.modules)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
    loaded = [spec for one in sys.modules.keys() - before if (spec := getattr(sys.modules[one], "__spec__", None))]
    missed = [spec for spec in loaded if type(spec.loader) is SourceFileLoader]
    if len(missed) > _FEW and not sys.dont_write_bytecode:
        with suppress(OSError):
            _write(bundle, loaded)


def _stamp(path: str) -> tuple[int, int]:
    """Of a file that is not there, one that no source has."""
    try:
        found = os.stat(path)  # noqa: PTH116  # of hundreds
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _ground() -> tuple[Any, ...]:
    """What a bundle holds for: which Python, and where it looks for modules; the first place is that of whoever called."""
    return sys.version, sys.flags.optimize, sys.path[1:]


def _read(bundle: Path) -> Mapping[str, _Bundled]:
    try:
        ground, modules = marshal.loads(bundle.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return {name: _Bundled(*one) for name, one in modules.items()} if ground == _ground() else {}


def _write(bundle: Path, loaded: Iterable[ModuleSpec]) -> None:
    with fresh_file(bundle) as draft:
        modules = {}
        for spec in loaded:
            if isinstance(spec.loader, SourceFileLoader) and spec.origin:
                # asked before the code, so that whatever comes meanwhile is seen the next time
                stamp, places = _stamp(spec.origin), spec.submodule_search_locations
                modules[spec.name] = spec.origin, places and list(places), stamp, spec.loader.get_code(spec.name)
        draft.write_bytes(marshal.dumps((_ground(), modules)))
        # as everybody may read the files beside it
        draft.chmod(0o644)
