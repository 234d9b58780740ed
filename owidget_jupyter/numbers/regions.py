"""Codes of regions: ISO 3166 alpha-2, and "001" for what belongs to no region."""

from __future__ import annotations

from collections.abc import Iterable

#: Stands for the calling codes that belong to no region, such as +800.
NO_REGION = "001"

#: Codes that are often taken for others.
_MEANT = {"UK": "GB", "EN": "GB", "EL": "GR", "SU": "RU", "TP": "TL", "YU": "RS"}
_SHOWN = 5
_FORM = "two letters by ISO 3166, such as 'CZ', 'GB' or 'US'"


def region(what: str, value: object, *, nowhere: bool = False) -> str:
    """Return the code of a region that has phone numbers, in upper case.

    Args:
        what: Whose value it is, for the error.
        value: The code, in any case.
        nowhere: Whether "001" is accepted, too.

    Raises:
        TypeError: if it is no text.
        ValueError: if there is no such region, naming the one that may be meant.
    """
    from owidget_jupyter.numbers.library import phonenumbers

    accepted = f"{_FORM}; '001' stands for numbers of no region" if nowhere else _FORM
    if not isinstance(value, str):
        raise TypeError(f"{what} {value!r} is not the code of a region as text: {accepted}")
    code = value.upper()
    # upper() turns some other letters into ASCII ones: ASCII must it have been before.
    if value.isascii() and (code in phonenumbers.SUPPORTED_REGIONS or (nowhere and code == "001")):
        return code
    raise ValueError(
        f"{what} {value!r} is not the code of a region with phone numbers; accepted: {accepted}"
        + _hint(code)
    )


def regions(what: str, values: Iterable[object]) -> tuple[str, ...]:
    """Return codes of regions, "001" among them, sorted and each once."""
    return tuple(sorted({region(what, value, nowhere=True) for value in values}))


def _hint(code: str) -> str:
    """Return what may be meant, as the end of a sentence; nothing where nothing is known."""
    from owidget_jupyter.numbers.library import phonenumbers

    if code == NO_REGION:
        return ". Numbers of no region have a calling code of their own: allowed_regions takes it"
    if code in _MEANT:
        return f". {_MEANT[code]!r} may be meant"
    digits = code.removeprefix("+")
    if digits.isascii() and digits.isdigit():
        members = phonenumbers.region_codes_for_country_code(int(digits))
        if members:
            more = ", …" if len(members) > _SHOWN else ""
            shown = ", ".join(map(repr, members[:_SHOWN])) + more
            return f". +{int(digits)} is the calling code of {shown}"
    return ""
