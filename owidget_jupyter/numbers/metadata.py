"""What the page needs to know of numbers, made from the phone number library of this side.

So both sides know the same numbers, whichever release of the library is installed here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from owidget_jupyter.numbers.regions import NO_REGION

if TYPE_CHECKING:
    from phonenumbers import NumberFormat, PhoneMetadata, PhoneNumberDesc

#: Version of the format, as libphonenumber-js counts.
_FORMAT = 4
#: The types in the order in which that format has them.
_TYPES = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "personal_number",
    "voicemail",
    "uan",
    "pager",
    "voip",
    "shared_cost",
)
_GROUP = re.compile(r"\\(\d)")


@lru_cache(maxsize=32)
def export(regions: frozenset[str] | None) -> str:
    """Return metadata as JSON in the format of libphonenumber-js.

    Regions that share a calling code come together: whose a number is, is told by comparing them.

    Args:
        regions: Codes of the regions, "001" among them for numbers of no region; None for all.
    """
    from owidget_jupyter.numbers.library import phonenumbers

    # The library calls these records internal. They are what its formatter and its parser work
    # on, and there is no other way to them; the tests would notice if they changed.
    read = phonenumbers.PhoneMetadata
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    wanted = {
        code: members
        for code, members in sorted(codes.items())
        if regions is None or not regions.isdisjoint(members)
    }
    shared = {code: members for code, members in wanted.items() if members != (NO_REGION,)}
    countries = sorted(region for members in shared.values() for region in members)
    return json.dumps(
        {
            "version": _FORMAT,
            "country_calling_codes": {str(code): members for code, members in shared.items()},
            "countries": {region: _plan(read.metadata_for_region(region)) for region in countries},
            "nonGeographic": {
                str(code): _plan(read.metadata_for_nongeo_region(code))
                for code in wanted
                if code not in shared
            },
        },
        separators=(",", ":"),
    )


def _plan(of: PhoneMetadata | None) -> list[Any]:
    """Return a numbering plan: its place in the list says what a value is, 0 that there is none."""
    assert of is not None  # every region of a calling code has a plan
    general = of.general_desc
    assert general is not None
    parsing = of.national_prefix_for_parsing
    return _shortened(
        [
            str(of.country_code),
            of.international_prefix,
            general.national_number_pattern,
            list(general.possible_length),
            _formats(of),
            of.national_prefix,
            0,
            0 if parsing == of.national_prefix else parsing,
            _dollars(of.national_prefix_transform_rule),
            0,
            of.leading_digits,
            _types(of, list(general.possible_length)),
            of.preferred_international_prefix,
            of.preferred_extn_prefix,
        ]
    )


def _types(of: PhoneMetadata, usual: list[int]) -> list[Any]:
    types: list[Any] = []
    for name in _TYPES:
        type: PhoneNumberDesc | None = getattr(of, name)
        if type is None or type.national_number_pattern is None:
            types.append(0)
            continue
        # An empty pattern says that mobile and fixed-line numbers are the same.
        same = name == "mobile" and of.same_mobile_and_fixed_line_pattern
        pattern = "" if same else type.national_number_pattern
        lengths = list(type.possible_length)
        types.append([pattern] if lengths == usual else [pattern, lengths])
    return _shortened(types)


def _formats(of: PhoneMetadata) -> list[Any]:
    """Return the formats that have an international form; the others are for use within an area."""
    international = {_key(format): format for format in of.intl_number_format}
    return [
        _format(format, international.get(_key(format), format))
        for format in of.number_format
        if not international or _key(format) in international
    ]


def _key(format: NumberFormat) -> tuple[str | None, ...]:
    return (format.pattern, *format.leading_digits_pattern)


def _format(format: NumberFormat, international: NumberFormat) -> list[Any]:
    return _shortened(
        [
            format.pattern,
            _dollars(format.format),
            format.leading_digits_pattern,
            _dollars(format.national_prefix_formatting_rule),
            int(bool(format.national_prefix_optional_when_formatting)),
            0 if international.format == format.format else _dollars(international.format),
        ]
    )


def _dollars(replacement: str | None) -> str | None:
    r"""Return a replacement with its groups as ``$1`` instead of ``\1``."""
    return replacement and _GROUP.sub(r"$\1", replacement)


def _shortened(values: Iterable[Any]) -> list[Any]:
    """Return a list with 0 for whatever is empty, and without such at its end."""
    shortened = [value or 0 for value in values]
    while shortened and shortened[-1] == 0:
        shortened.pop()
    return shortened
