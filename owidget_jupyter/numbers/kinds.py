"""Types of numbers, and reasons why one is accepted or not."""

from __future__ import annotations

from enum import Enum


class NumberType(str, Enum):
    """What a number is for; a member equals its name as text.

    In some regions one cannot tell mobile and fixed-line numbers apart: such a number is of both
    types.

    Example:
        >>> NumberType.MOBILE == "mobile"
        True
    """

    MOBILE = "mobile"
    """A mobile phone."""
    FIXED_LINE = "fixed_line"
    """A phone at a place."""
    TOLL_FREE = "toll_free"
    """Whoever is called pays."""
    PREMIUM_RATE = "premium_rate"
    """Calling it costs more than a call."""
    SHARED_COST = "shared_cost"
    """Both sides pay."""
    VOIP = "voip"
    """A phone on the internet."""
    PERSONAL = "personal"
    """A number that follows a person from phone to phone."""
    PAGER = "pager"
    """A pager."""
    UAN = "uan"
    """A company's one number for all its places (universal access number)."""
    VOICEMAIL = "voicemail"
    """A voice mailbox."""

    __str__ = str.__str__


class NumberReason(str, Enum):
    """Why a number is accepted or not; a member equals its name as text.

    Example:
        >>> NumberPolicy().explain("777 666 555").reason
        <NumberReason.NO_CALLING_CODE: 'no_calling_code'>
    """

    OK = "ok"
    """It is accepted."""
    EMPTY = "empty"
    """Nothing was given, only spaces, or a missing value."""
    CHARACTERS = "characters"
    """It has a character that is accepted in no number, such as a letter, or a second "+"."""
    TOO_SHORT = "too_short"
    """It has fewer digits than any number of its region."""
    TOO_LONG = "too_long"
    """It has more digits than any number of its region, or far too many characters."""
    WRONG_LENGTH = "wrong_length"
    """Its region has shorter and longer numbers, but none with so many digits."""
    LOCAL_ONLY = "local_only"
    """It has as many digits as a number without its area code."""
    NO_CALLING_CODE = "no_calling_code"
    """It does not begin with "+", and there is no default region."""
    UNKNOWN_CALLING_CODE = "unknown_calling_code"
    """It begins with a calling code that does not exist."""
    NOT_IN_USE = "not_in_use"
    """It has as many digits as a number, but numbers of its region do not begin like that."""
    REGION_NOT_ALLOWED = "region_not_allowed"
    """It is a valid number of a region that the policy does not allow."""
    TYPE_NOT_ALLOWED = "type_not_allowed"
    """It is a valid number of a type that the policy does not allow."""

    __str__ = str.__str__
