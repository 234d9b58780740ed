"""The one judgement that both `normalize` and `explain` report.

It imports the phone number library, and so is itself imported on the first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from owidget_jupyter.numbers.gate import LIMIT, bare, grouped, has_shape, trim
from owidget_jupyter.numbers.kinds import NumberReason, NumberType
from owidget_jupyter.numbers.library import phonenumbers

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

    from owidget_jupyter.numbers.policy import NumberPolicy

_Error = phonenumbers.NumberParseException
_REFUSED = {
    _Error.INVALID_COUNTRY_CODE: NumberReason.UNKNOWN_CALLING_CODE,
    _Error.NOT_A_NUMBER: NumberReason.TOO_SHORT,
    _Error.TOO_SHORT_AFTER_IDD: NumberReason.TOO_SHORT,
    _Error.TOO_SHORT_NSN: NumberReason.TOO_SHORT,
    _Error.TOO_LONG: NumberReason.TOO_LONG,
}

_Length = phonenumbers.ValidationResult
_INVALID = {
    _Length.IS_POSSIBLE: NumberReason.NOT_IN_USE,
    _Length.IS_POSSIBLE_LOCAL_ONLY: NumberReason.LOCAL_ONLY,
    _Length.TOO_SHORT: NumberReason.TOO_SHORT,
    _Length.INVALID_LENGTH: NumberReason.WRONG_LENGTH,
    _Length.TOO_LONG: NumberReason.TOO_LONG,
}

_Source = phonenumbers.CountryCodeSource

_Type = phonenumbers.PhoneNumberType
_TYPES: dict[int, tuple[NumberType, ...]] = {
    _Type.FIXED_LINE: (NumberType.FIXED_LINE,),
    _Type.MOBILE: (NumberType.MOBILE,),
    _Type.FIXED_LINE_OR_MOBILE: (NumberType.MOBILE, NumberType.FIXED_LINE),
    _Type.TOLL_FREE: (NumberType.TOLL_FREE,),
    _Type.PREMIUM_RATE: (NumberType.PREMIUM_RATE,),
    _Type.SHARED_COST: (NumberType.SHARED_COST,),
    _Type.VOIP: (NumberType.VOIP,),
    _Type.PERSONAL_NUMBER: (NumberType.PERSONAL,),
    _Type.PAGER: (NumberType.PAGER,),
    _Type.UAN: (NumberType.UAN,),
    _Type.VOICEMAIL: (NumberType.VOICEMAIL,),
}


class Verdict(NamedTuple):
    """What was found; `valid` and `region` only where it is a valid number, allowed or not."""

    reason: NumberReason
    valid: PhoneNumber | None = None
    region: str | None = None


def judge(text: str, policy: NumberPolicy) -> Verdict:
    """Return what a policy says of a text."""
    trimmed = trim(text)
    if not trimmed:
        return Verdict(NumberReason.EMPTY)
    if len(trimmed) > LIMIT:
        return Verdict(NumberReason.TOO_LONG)
    if not has_shape(trimmed):
        return Verdict(NumberReason.CHARACTERS)
    digits = bare(trimmed)
    international = digits.startswith("+")
    if not international and policy.default_region is None:
        return Verdict(NumberReason.NO_CALLING_CODE)
    try:
        number = _read(digits, None if international else policy.default_region)
    except _Error as error:
        return Verdict(_REFUSED[error.error_type])
    # Whose a number is, is the costly question where many regions share a calling code; asking
    # is_valid_number or number_type would ask it once more.
    region = phonenumbers.region_code_for_number(number)
    if region is None or not phonenumbers.is_valid_number_for_region(number, region):
        return Verdict(_INVALID[phonenumbers.is_possible_number_with_reason(number)])
    return Verdict(_forbidden(number, region, policy) or NumberReason.OK, number, region)


def _read(digits: str, region: str | None) -> PhoneNumber:
    """Return the number that digits stand for; those behind a "+" are read without a region.

    Given one, the library would read them once more as if there were no "+".
    """
    number = phonenumbers.parse(digits, region, keep_raw_input=True)
    if number.country_code_source == _Source.FROM_NUMBER_WITHOUT_PLUS_SIGN:
        # It drops two national prefixes from such, or adds an area code. With the "+" it would
        # do neither, and a number is the same with it and without.
        return phonenumbers.parse("+" + digits, None)
    return number


def _forbidden(number: PhoneNumber, region: str, policy: NumberPolicy) -> NumberReason | None:
    if policy.allowed_regions is not None and region not in policy.allowed_regions:
        return NumberReason.REGION_NOT_ALLOWED
    if policy.allowed_types is not None and not set(types_of(number)) & set(policy.allowed_types):
        return NumberReason.TYPE_NOT_ALLOWED
    return None


def types_of(number: PhoneNumber) -> tuple[NumberType, ...]:
    """Return the types of a valid number."""
    return _TYPES[phonenumbers.number_type(number)]


def written(number: PhoneNumber) -> str:
    """Return a valid number by E.123: its calling code and its groups, with single spaces."""
    format = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return grouped(phonenumbers.format_number(number, format))
