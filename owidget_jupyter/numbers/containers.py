"""What many numbers come in, and results put into the same.

pandas and numpy are not imported for it: where nobody has, nothing can be theirs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from numbers import Real
from typing import Any

Packing = Callable[[list[Any]], Any]


def unpacked(numbers: Any, *, as_text: bool) -> tuple[list[str | None], Packing]:
    """Return the members of a container, and what packs results into one like it.

    Args:
        numbers: The container; its members are text or missing.
        as_text: Whether the results are text or missing, too, and so fit what holds only that.

    Raises:
        TypeError: if it is none, or holds anything else.
    """
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    if _is(numbers, pandas, "DataFrame"):
        raise TypeError("numbers is a DataFrame; give one of its columns, such as frame['phone']")
    if _is(numbers, pandas, "Series"):
        return _checked(numbers.tolist()), _series_like(numbers, pandas, as_text)
    if _is(numbers, numpy, "ndarray"):
        if numbers.ndim != 1:
            raise TypeError(f"numbers is an array of {numbers.ndim} dimensions, and not of one")
        return _checked(numbers.tolist()), lambda results: _array(results, numpy)
    if isinstance(numbers, (str, bytes, bytearray, Mapping)) or not isinstance(numbers, Iterable):
        raise TypeError(
            f"numbers is no collection, but of type {type(numbers).__name__}; give a list, a "
            "tuple, a Series or the like, and a single number to normalize or explain"
        )
    return _checked(list(numbers)), tuple if isinstance(numbers, tuple) else list


def _is(value: object, module: object, name: str) -> bool:
    """Tell whether a value is of a class of a module, which may not be there, or half so."""
    return isinstance(value, getattr(module, name, ()))


def _series_like(series: Any, pandas: Any, as_text: bool) -> Packing:
    dtype = series.dtype if as_text and isinstance(series.dtype, pandas.StringDtype) else object
    return lambda results: pandas.Series(results, series.index, dtype, series.name)


def _array(results: list[Any], numpy: Any) -> Any:
    array = numpy.empty(len(results), dtype=object)
    array[:] = results
    return array


def _checked(values: list[Any]) -> list[str | None]:
    """Return texts as they are and None for what is missing, or raise for the rest."""
    if all(type(value) is str for value in values):  # nearly always, and then quickly seen
        return values
    texts: list[str | None] = []
    for place, value in enumerate(values):
        if isinstance(value, str):
            texts.append(value)
        elif _is_missing(value):
            texts.append(None)
        else:
            raise TypeError(f"the number at position {place} {_what_to_do(value)}")
    return texts


def _is_missing(value: object) -> bool:
    """Tell whether a value stands for none: None, NaN of whatever width, pandas' NA and NaT."""
    pandas = sys.modules.get("pandas")
    if (
        value is None
        or value is getattr(pandas, "NA", None)
        or value is getattr(pandas, "NaT", None)
    ):
        return True
    return isinstance(value, Real) and bool(value != value)


def _what_to_do(value: object) -> str:
    name = type(value).__name__
    if isinstance(value, Real):
        return (
            f"is of type {name}, and not text: zeros and the '+' at its beginning are lost; read "
            "the column as text, such as with pandas.read_csv(…, dtype={'phone': str})"
        )
    return f"is of type {name}, and neither text nor missing (None, NaN, pandas.NA)"
