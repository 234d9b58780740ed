"""Saying where a scenario is wrong, and what is accepted there."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable, Iterator, Set
from difflib import SequenceMatcher
from typing import Any

import msgspec.inspect as shapes

# How msgspec ends its sentences, and the two that name a key which has no value to be looked at.
_PLACE = re.compile(r" - at (?:`key` in )?`\$(?P<path>[^`]*)`$")
_KEY = re.compile(
    r"Object (?P<what>contains unknown|missing required) field `(?P<key>.*)`", re.DOTALL
)
_STEP = re.compile(r"\.?(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]|\[\.\.\.\]")
_BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key that TOML has without quotes

_shown = reprlib.Repr()
_shown.maxstring = _shown.maxother = 60

#: Keys and indices from the whole to a part of it.
Path = tuple[str | int, ...]


def complaint(error: Exception, given: object, form: type) -> str:
    """Return what is wrong, for the person who wrote it.

    Args:
        error: What `msgspec.convert` raised.
        given: What it was to convert.
        form: What it was to become.

    Returns:
        Place and sentence, such as "operator.thinks: a number of seconds …, not 'soon'".
    """
    said = str(error)
    found = _PLACE.search(said)
    path = tuple(_steps(found["path"])) if found else ()
    try:
        return _complaint(said[: found.start()] if found else said, path, given, form)
    except (LookupError, TypeError):  # a key with a place in its name leads anywhere
        return said


def located(path: Path, sentence: str) -> str:
    """Return a sentence behind the place that it is about, entries counted from 1."""
    place = ""
    for before, step in zip((None, *path), path, strict=False):
        if isinstance(step, int):
            place += f" entry {step + 1}"
        else:
            key = step if _BARE.fullmatch(step) else repr(step)
            between = "" if before is None else ", " if isinstance(before, int) else "."
            place += between + key
    return f"{place}: {sentence}" if place else sentence


def _complaint(said: str, path: Path, given: object, form: type) -> str:
    shape, accepted = _described(shapes.type_info(form), path)
    key = _KEY.fullmatch(said)
    if key is None:
        value = _shown.repr(_value(given, path))
        return located(path, f"{accepted}, not {value}" if accepted else said)
    name = key["key"]
    if key["what"] == "missing required":
        return located((*path, name), f"missing; it is {_described(shape, (name,))[1]}")
    sentence = f"no such key; accepted are {nearest(name, _fields(shape))}"
    misplaced = path and name in _fields(shapes.type_info(form))
    if misplaced and isinstance(_value(given, (*path, name)), str):
        # TOML takes whatever stands below a [table] for a part of it.
        sentence += f"; {name} belongs above the first [table]"
    return located((*path, name), sentence)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return names in a sentence, the most alike first."""

    def unlike(other: str) -> float:
        return -SequenceMatcher(None, name, other).ratio()

    return ", ".join(sorted(names, key=unlike))


def _steps(path: str) -> Iterator[str | int]:
    for step in _STEP.finditer(path):
        if step["key"] is not None:
            yield step["key"]
        elif step["index"] is not None:
            yield int(step["index"])
        else:  # any value of a mapping: which one is not said, and the mapping is what is shown
            return


def _value(given: Any, path: Path) -> object:
    for step in path:
        if isinstance(given, Set):  # it came as a mapping of Python's, and has no first entry
            break
        given = given[step]
    return given


def _described(shape: shapes.Type, path: Path) -> tuple[shapes.Type, str]:
    """Return the shape at the end of a path, and what is accepted there."""
    rest = list(path)
    accepted = ""
    while True:
        if isinstance(shape, shapes.Metadata):
            accepted = (shape.extra_json_schema or {}).get("description", accepted)
            shape = shape.type
        elif isinstance(shape, shapes.UnionType) and len(given := _but_none(shape)) == 1:
            (shape,) = given
        elif rest and isinstance(shape, shapes.StructType):
            shape, accepted = _fields(shape)[rest.pop(0)], ""
        elif rest and isinstance(shape, shapes.VarTupleType):
            del rest[0]
            shape, accepted = shape.item_type, ""
        else:
            break
    if isinstance(shape, shapes.StructType):
        accepted = f"a table of {', '.join(_fields(shape))}"
    return shape, accepted


def _fields(shape: Any) -> dict[Any, shapes.Type]:
    return {field.name: field.type for field in getattr(shape, "fields", ())}


def _but_none(shape: shapes.UnionType) -> list[shapes.Type]:
    """Return what an optional value can be where it is given."""
    return [other for other in shape.types if not isinstance(other, shapes.NoneType)]
