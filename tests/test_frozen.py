"""A class of `frozen` is what a frozen dataclass of the standard library is, only sooner loaded."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from site_builder.model.frozen import frozen
from site_builder.model.projects import Project

if TYPE_CHECKING:
    from collections.abc import Callable


def shapes(record: Callable[..., Any]) -> dict[str, Any]:
    """The same classes, made by one or the other; `kw_only` is said where it is meant."""

    @record()
    class Plain:
        name: str
        count: int = 3
        parts: list[int] = field(default_factory=list)

    @record(kw_only=True)
    class Named:
        name: str
        count: int = 3

    @record(kw_only=True)
    class Heir(Named):
        other: tuple[str, ...]
        hidden: str = field(default="", repr=False, compare=False)

    @record()
    class Nothing:
        pass

    @record()
    class Worked:
        name: str

        def __post_init__(self) -> None:
            self.seen.append(self.name)

        @cached_property
        def seen(self) -> list[str]:
            """What was worked out once is no field."""
            return []

    @record()
    class OwnWords:
        name: str

        def __repr__(self) -> str:
            return "own"

    return {kind.__name__: kind for kind in (Plain, Named, Heir, Nothing, Worked, OwnWords)}


def by_library(**said: Any) -> Callable[[type], Any]:
    """As the standard library makes it."""
    return dataclass(frozen=True, **said)


def by_ours(**said: Any) -> Callable[[type], Any]:
    """As ours does, with and without brackets."""
    return frozen(**said) if said else frozen


CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Plain", ("样本",), {}),
    ("Plain", ("样本", 4, [1]), {}),
    ("Plain", ("样本",), {"parts": [2], "count": 5}),
    ("Plain", (), {}),
    ("Plain", ("样本", 1, [], 2), {}),
    ("Plain", ("样本",), {"name": "again"}),
    ("Plain", ("样本",), {"unknown": 1}),
    ("Named", (), {"name": "样本"}),
    ("Named", ("样本",), {}),
    ("Heir", (), {"name": "样本", "other": ("a",), "hidden": "b"}),
    ("Heir", (), {"name": "样本"}),
    ("Nothing", (), {}),
    ("Nothing", (1,), {}),
    ("Worked", ("样本",), {}),
    ("OwnWords", ("样本",), {}),
]


@pytest.mark.parametrize(("name", "given", "named"), CALLS)
def test_an_instance_is_made_as_the_library_makes_it(name: str, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """The same fields in the same order, shown alike; what is wrong is refused in the same words, by the first call and the second."""
    told = []
    for record in (by_library, by_ours):
        kind = shapes(record)[name]
        for _ in range(2):
            try:
                one = kind(*given, **named)
                told.append((vars(one), repr(one).rpartition(".")[2]))
            except TypeError as refused:
                told.append((str(refused).rpartition(".")[2], ""))
    assert told == [told[0]] * 4


@pytest.mark.parametrize("record", [by_library, by_ours])
def test_instances_are_compared_and_found(record: Callable[..., Any]) -> None:
    """By their fields and their class; what is not to be compared is not."""
    kinds = shapes(record)
    named, heir = kinds["Named"], kinds["Heir"]
    assert named(name="a") == named(name="a") != named(name="b")
    assert {named(name="a"): 1}[named(name="a")] == 1
    assert named(name="a") != heir(name="a", other=()) != "a"
    assert heir(name="a", other=(), hidden="b") == heir(name="a", other=())
    assert hash(heir(name="a", other=(), hidden="b")) == hash(heir(name="a", other=()))
    assert kinds["Nothing"]() == kinds["Nothing"]()
    with pytest.raises(TypeError):
        hash(kinds["Plain"]("a"))


@pytest.mark.parametrize("record", [by_library, by_ours])
def test_it_is_a_dataclass_and_frozen(record: Callable[..., Any]) -> None:
    """`fields`, `replace`, patterns, and no field that could be set or taken away."""
    kind = shapes(record)["Plain"]
    one = kind("a")
    assert is_dataclass(kind)
    assert [each.name for each in fields(one)] == ["name", "count", "parts"]
    assert replace(one, count=4) == kind("a", 4)
    match one:
        case kind(name, 3):
            assert name == "a"
        case _:
            pytest.fail("not matched")
    with pytest.raises(FrozenInstanceError, match="name"):
        one.name = "b"
    with pytest.raises(FrozenInstanceError, match="name"):
        del one.name
    assert one == kind("a")
    assert kind("b").parts is not one.parts


def test_an_entry_is_pickled_whole() -> None:
    """By its fields, without its constructor."""
    one = Project(title="样本", year=2024)
    assert pickle.loads(pickle.dumps(one)) == one
