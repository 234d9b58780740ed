"""Which phone numbers are accepted, and how they are written: a policy is data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

from owidget_jupyter.numbers.explanation import NumberExplanation, sentence
from owidget_jupyter.numbers.kinds import NumberReason, NumberType
from owidget_jupyter.numbers.regions import region, regions

if TYPE_CHECKING:
    from owidget_jupyter.numbers.summary import NumberSummary

_ADVICE = "give a list, such as {}, or None for all"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class NumberPolicy:
    """Which phone numbers are accepted.

    A number is accepted if it is valid: its length and its first digits are such as its region
    gives out. Whether somebody answers, nobody can tell from a number. Accepted are digits with
    spaces and ``( ) . - /`` between them, and one "+" at the beginning; no letters, no extension.

    A policy never changes; two with the same rules are equal, and it can be pickled.

    Args:
        default_region: Whose numbers need no calling code, as an ISO 3166 code of two letters, in
            any case: ``"CZ"``. None: every number must begin with "+".
        allowed_regions: The regions whose numbers are accepted, ``["CZ", "SK"]``; ``"001"``
            stands for numbers of no region, such as +800. None: all.
        allowed_types: The `NumberType`s that are accepted, ``["mobile"]``. A number that may be
            mobile or fixed-line is both. None: all.

    Attributes:
        default_region: The code in upper case, or None.
        allowed_regions: The codes in upper case and in their order, each once, or None.
        allowed_types: The types, each once, or None.

    Raises:
        TypeError: for a value of the wrong type, such as a text where a list is meant.
        ValueError: for a region or type that does not exist, and for an empty list.

    Example:
        >>> policy = NumberPolicy("CZ", allowed_regions=["CZ", "SK"])
        >>> policy.normalize("777 666 555")
        '+420 777 666 555'
        >>> policy.explain("+43 1 234567").reason
        <NumberReason.REGION_NOT_ALLOWED: 'region_not_allowed'>
    """

    default_region: str | None
    allowed_regions: tuple[str, ...] | None
    allowed_types: tuple[NumberType, ...] | None

    def __init__(
        self,
        default_region: str | None = None,
        allowed_regions: Iterable[str] | None = None,
        allowed_types: Iterable[NumberType | str] | None = None,
    ) -> None:
        default = None if default_region is None else region("default_region", default_region)
        allowed = _collected("allowed_regions", allowed_regions, "['CZ', 'SK']")
        types = _collected("allowed_types", allowed_types, "['mobile', 'fixed_line']")
        # Frozen also to itself.
        set_ = object.__setattr__
        set_(self, "default_region", default)
        set_(self, "allowed_regions", allowed and regions("allowed_regions", allowed))
        set_(self, "allowed_types", types and _types(types))

    def normalize(self, number: str) -> str | None:
        """Return a number in international format by E.123, or None if it is not accepted.

        Args:
            number: As somebody wrote it.

        Raises:
            TypeError: if it is not text.

        Example:
            >>> NumberPolicy("CZ").normalize("(777) 666-555")
            '+420 777 666 555'
        """
        return self._reason_and_number(_text(number))[1]

    def explain(self, number: str) -> NumberExplanation:
        """Return whether a number is accepted, and why.

        Raises:
            TypeError: if it is not text.

        Example:
            >>> NumberPolicy().explain("777 666 555").sentence
            'Its calling code is missing; accepted is a whole number that begins with + and …'
        """
        return self._explanation(_text(number))

    @overload
    def normalize_many(
        self,
        numbers: list[Any],
        *,
        progress: bool | None = ...,
        return_summary: Literal[False] = ...,
    ) -> list[str | None]: ...
    @overload
    def normalize_many(
        self, numbers: list[Any], *, progress: bool | None = ..., return_summary: Literal[True]
    ) -> tuple[list[str | None], NumberSummary]: ...
    @overload
    def normalize_many(
        self,
        numbers: tuple[Any, ...],
        *,
        progress: bool | None = ...,
        return_summary: Literal[False] = ...,
    ) -> tuple[str | None, ...]: ...
    @overload
    def normalize_many(
        self,
        numbers: tuple[Any, ...],
        *,
        progress: bool | None = ...,
        return_summary: Literal[True],
    ) -> tuple[tuple[str | None, ...], NumberSummary]: ...
    @overload
    def normalize_many(
        self, numbers: Iterable[Any], *, progress: bool | None = ..., return_summary: Literal[True]
    ) -> tuple[Any, NumberSummary]: ...
    @overload
    def normalize_many(
        self, numbers: Iterable[Any], *, progress: bool | None = ..., return_summary: bool = ...
    ) -> Any: ...
    def normalize_many(
        self,
        numbers: Iterable[Any],
        *,
        progress: bool | None = None,
        return_summary: bool = False,
    ) -> Any:
        """Return what `normalize` says of each, in the same kind of container and order.

        A pandas Series gives a Series with the same index and name, of dtype object or of the
        string dtype that it had; a list gives a list, a tuple a tuple, a numpy array of one
        dimension an array of objects, and any other iterable a list. Numbers that occur again
        are not judged again.

        Args:
            numbers: The numbers as text. A missing value, None, NaN or pandas.NA, gives None.
            progress: Whether to show a progress bar, which ends with how many were accepted and
                why the others were not; None: if there are many.
            return_summary: Whether to return, behind the numbers, a `NumberSummary`, too.

        Raises:
            TypeError: before anything else, if the numbers are no collection, or one of them is
                neither text nor missing: a column of integers has lost its zeros and "+".

        Example:
            >>> numbers, summary = policy.normalize_many(frame["phone"], return_summary=True)
        """
        from owidget_jupyter.numbers.many import normalize_many

        results, summary = normalize_many(self, numbers, progress)
        return (results, summary) if return_summary else results

    @overload
    def explain_many(
        self, numbers: list[Any], *, progress: bool | None = ...
    ) -> list[NumberExplanation]: ...
    @overload
    def explain_many(
        self, numbers: tuple[Any, ...], *, progress: bool | None = ...
    ) -> tuple[NumberExplanation, ...]: ...
    @overload
    def explain_many(self, numbers: Iterable[Any], *, progress: bool | None = ...) -> Any: ...
    def explain_many(self, numbers: Iterable[Any], *, progress: bool | None = None) -> Any:
        """Return what `explain` says of each, in the containers of `normalize_many`.

        Args:
            numbers: The numbers as text, or missing.
            progress: Whether to show a progress bar; None: if there are many.

        Raises:
            TypeError: as `normalize_many` does.
        """
        from owidget_jupyter.numbers.many import explain_many

        return explain_many(self, numbers, progress)

    def _reason_and_number(self, text: str) -> tuple[NumberReason, str | None]:
        from owidget_jupyter.numbers.judging import judge, written

        reason, valid, _ = judge(text, self)
        accepted = valid if reason is NumberReason.OK else None
        return reason, None if accepted is None else written(accepted)

    def _explanation(self, text: str) -> NumberExplanation:
        from owidget_jupyter.numbers.judging import judge, types_of, written

        reason, valid, region = judge(text, self)
        said = sentence(reason, self)
        if valid is None:
            return NumberExplanation(reason, said)
        number = written(valid) if reason is NumberReason.OK else None
        return NumberExplanation(reason, said, number, region, types_of(valid))

    def _rules(self) -> dict[str, Any]:
        """Return the policy as pages are told of it; ``NumberRules`` in ``js/src/wire.ts``."""
        allowed, types = self.allowed_regions, self.allowed_types
        return {
            "region": self.default_region,
            "regions": None if allowed is None else list(allowed),
            "types": None if types is None else [type.value for type in types],
        }

    def _needed_regions(self) -> frozenset[str] | None:
        """Return the regions that a page has to know for this; None for all."""
        if self.allowed_regions is None:
            return None
        return frozenset(self.allowed_regions).union(filter(None, [self.default_region]))

    def __repr__(self) -> str:
        names = {"region": "default_region", "regions": "allowed_regions", "types": "allowed_types"}
        given = ((names[key], value) for key, value in self._rules().items() if value is not None)
        return f"NumberPolicy({', '.join(f'{name}={value!r}' for name, value in given)})"


def _text(number: object) -> str:
    if not isinstance(number, str):
        raise TypeError(
            f"a number is text, and not {type(number).__name__}; for many there are "
            "normalize_many and explain_many"
        )
    return number


def _collected(what: str, values: object, such_as: str) -> tuple[Any, ...] | None:
    """Return the members of a collection, of which there must be some; None for None."""
    if values is None:
        return None
    advice = _ADVICE.format(such_as)
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"{what} {values!r} is no collection; {advice}")
    collected = tuple(values)
    if not collected:
        raise ValueError(f"{what} is empty, and so no number would be accepted; {advice}")
    return collected


def _types(values: tuple[object, ...]) -> tuple[NumberType, ...]:
    names = ", ".join(repr(type.value) for type in NumberType)
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"allowed_types: {value!r} is no type of number; accepted: {names}")
        if value not in NumberType.__members__.values():
            raise ValueError(f"allowed_types: {value!r} is no type of number; accepted: {names}")
    return tuple(type for type in NumberType if type in values)
