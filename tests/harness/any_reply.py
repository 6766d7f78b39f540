"""Replies of every kind of block there is, with whatever may stand in it: from the union, not from a list."""

from __future__ import annotations

from functools import partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

_DEEP = 3
"""Blocks in a button's details in a block."""


def anything(
    type_: Any, texts: st.SearchStrategy[str], most: int, deep: int = _DEEP
) -> st.SearchStrategy[Any]:
    """Values of a type of the model: ``texts`` for each text, up to ``most`` of what may be many."""
    arguments, of = get_args(type_), partial(anything, texts=texts, most=most, deep=deep)
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        fields = {name: of(field, deep=deep - 1) for name, field in get_type_hints(type_).items()}
        return st.builds(type_, **fields)
    match get_origin(type_) or type_:
        case origin if origin is Literal:
            return st.sampled_from(arguments)
        case origin if origin in (Union, UnionType):
            may_be = [NoneType] if NoneType in arguments and deep < 1 else arguments
            return st.one_of(*map(of, may_be))
        case origin if origin is tuple and arguments[-1] is ...:
            return st.lists(of(arguments[0]), max_size=most).map(tuple)
        case origin if origin is tuple:
            return st.tuples(*map(of, arguments))
    simple = {
        str: texts,
        int: st.integers(-2, 200),
        float: st.floats(),
        bool: st.booleans(),
        NoneType: st.none(),
    }
    return simple[type_]
