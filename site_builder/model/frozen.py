"""A class of annotated fields comes in; a frozen dataclass goes out, whose methods are made when they are first needed.

``dataclasses`` writes and compiles six methods of each class while its module is loaded. For the classes of this program, of which an
edit loads more than three hundred, that was a quarter of the time before anything was done, and most are never made, compared or
shown by one command. Here a constructor is compiled when the first instance is made; the other methods are the same for all classes,
and which fields there are is found out when somebody asks.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

Class = TypeVar("Class", bound=type)


@overload
def frozen(cls: Class, /) -> Class: ...


@overload
def frozen(*, kw_only: bool) -> Callable[[Class], Class]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Class | None = None, /, *, kw_only: bool = False) -> Class | Callable[[Class], Class]:
    """The same as ``dataclass(frozen=True)``, for ``fields``, ``replace``, ``is_dataclass`` and pickles, too.

    All fields are given to the constructor or have a default: there is neither ``init=False`` nor ``InitVar``. Who inherits is
    frozen as well.
    """

    def finished(cls: Class) -> Class:
        for name in _SAID:
            setattr(cls, name, _ToBeSaid(cls, name, kw_only=kw_only))
        if any(isinstance(value, Field) for value in vars(cls).values()):
            # what stands for a default now is not what whoever was pickled without it is to read
            _ = fields(cls)
        methods = {
            "__init__": _constructor_to_be(cls),
            "__repr__": _shown,
            "__eq__": _equal,
            "__hash__": _hashed,
            "__setattr__": _refused,
            "__delattr__": _refused,
        }
        for name, method in methods.items():
            if name not in vars(cls):
                setattr(cls, name, method)
        return cls

    return finished if cls is None else finished(cls)


_SAID = ("__dataclass_params__", "__match_args__", "__dataclass_fields__")
"""What ``dataclass`` says of a class."""


class _ToBeSaid:
    """Stands for one of these until somebody asks: to find them out takes longer than to make the class."""

    def __init__(self, cls: type, name: str, *, kw_only: bool) -> None:
        self._cls = cls
        self._name = name
        self._kw_only = kw_only

    def __get__(self, _: object, owner: type) -> Any:
        cls: Any = self._cls
        dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=self._kw_only)(cls)
        cls.__match_args__ = tuple(one.name for one in fields(cls) if not one.kw_only)  # type: ignore[misc]
        return getattr(owner, self._name)


def _constructor_to_be(cls: type) -> Callable[..., None]:
    """Stands in for the constructor until it is called for the first time."""

    def __init__(self: Any, *given: Any, **named: Any) -> None:
        name, constructor = "__init__", _constructor(cls)
        setattr(cls, name, constructor)
        constructor(self, *given, **named)

    return __init__


def _constructor(cls: type) -> Callable[..., None]:
    """Takes a parameter for each field, and sets it past the frozen front.

    Not by way of the instance's ``__dict__``: that is quicker once, but each attribute is slower to read ever after, and memory grows.
    """
    plain = [_parameter(one) for one in fields(cls) if not one.kw_only]
    named = [_parameter(one) for one in fields(cls) if one.kw_only]
    parameters = ", ".join(["_self_", *plain, *(["*", *named] if named else [])])
    body = "\n ".join([*_lines(cls), "pass"])
    defaults = {one.name: one.default_factory if one.default is MISSING else one.default for one in fields(cls)}
    made: dict[str, Any] = {"_default_": defaults, "_missing_": MISSING, "_set_": object.__setattr__}
    exec(f"def __init__({parameters}):\n {body}", made)
    constructor: Callable[..., None] = made["__init__"]
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    return constructor


def _parameter(one: "Field[Any]") -> str:
    if one.default is not MISSING:
        return f"{one.name}=_default_[{one.name!r}]"
    return one.name if one.default_factory is MISSING else f"{one.name}=_missing_"


def _lines(cls: type) -> Iterator[str]:
    for one in fields(cls):
        name = one.name
        made = "" if one.default_factory is MISSING else f"_default_[{name!r}]() if {name} is _missing_ else "
        yield f"_set_(_self_, {name!r}, {made}{name})"
    if hasattr(cls, "__post_init__"):
        yield "_self_.__post_init__()"


@cache
def _values(cls: type) -> Callable[[Any], Any]:
    """What tells instances of this class apart, of one of them."""
    names = [one.name for one in fields(cls) if one.compare]
    return attrgetter(*names) if names else lambda _: ()


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = _values(self.__class__)
    return values(self) == values(other)


def _hashed(self: Any) -> int:
    return hash(_values(self.__class__)(self))


def _shown(self: Any) -> str:
    said = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({said})"


def _refused(_: object, name: str, *value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")
