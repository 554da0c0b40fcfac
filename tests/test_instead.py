"""Few values stand in the places of others in a mapping: its keys, their order and all other values stay, and nothing is copied."""

import pickle

from site_builder.model.instead import Instead, grown_apart

OF = {"a": 1, "b": 2, "c": 3}


def test_few_values_stand_in_the_places_of_others() -> None:
    """Also on top of others, and pickled."""
    once = Instead(OF, {"b": 20})
    twice = Instead(once, {"c": 30})
    assert list(twice.items()) == [("a", 1), ("b", 20), ("c", 30)]
    assert (twice.of, len(twice), "d" in twice, twice.get("d")) == (OF, 3, False, None)
    assert pickle.loads(pickle.dumps(twice)) == dict(twice)


def test_where_two_may_differ_is_known_if_both_were_made_of_one() -> None:
    """Of any others it is not."""
    once = Instead(OF, {"b": 20})
    assert grown_apart(OF, OF) == []
    assert grown_apart(OF, once) == ["b"]
    assert sorted(grown_apart(Instead(once, {"c": 30}), Instead(OF, {"a": 10})) or ()) == ["a", "b", "c"]
    assert grown_apart(once, dict(once)) is None
