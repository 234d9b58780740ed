"""Whose rules phone numbers are normalised by: the public side of `owidget_jupyter.numbers`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, overload

from owidget_jupyter.numbers.rules import check_fallback, checked_limit, checked_rule
from owidget_jupyter.part import Part

if TYPE_CHECKING:
    from owidget_jupyter.numbers.desk import Normalizer
    from owidget_jupyter.numbers.policy import NumberPolicy

Function = TypeVar("Function", bound="Normalizer")

_LEFT_OUT: Any = object()  # None is a rule, too: it takes the one before away


class Normalizing(Part):
    """A model whose visitors' phone numbers are normalised by rules of one's own."""

    @property
    def number_policy(self) -> NumberPolicy | None:
        """The policy that `set_custom_number_normalization` was given, be it as a fallback."""
        return self._numbers.rule[1]

    @property
    def number_function(self) -> Normalizer | None:
        """The function that `set_custom_number_normalization` was given; None without one."""
        return self._numbers.rule[0]

    @overload
    def set_custom_number_normalization(
        self, rule: Function, /, *, fallback: NumberPolicy | None = ..., limit: float | None = ...
    ) -> Function: ...
    @overload
    def set_custom_number_normalization(self, rule: NumberPolicy | None, /) -> None: ...
    @overload
    def set_custom_number_normalization(
        self, /, *, fallback: NumberPolicy | None = ..., limit: float | None = ...
    ) -> Callable[[Function], Function]: ...
    def set_custom_number_normalization(
        self, rule: Any = _LEFT_OUT, /, *, fallback: Any = None, limit: float | None = None
    ) -> Any:
        """Have phone numbers normalised by rules of your own: a policy, or a function.

        The vendor's script asks for each number that a visitor enters, and waits for the answer:
        the number in international format, such as ``"+420 777 666 555"``, or null for an
        invalid one (``setCustomNumberNormalization`` of the vendor's API page).

        A `NumberPolicy` answers in the page itself. A function, ``fn(number) -> str | None``, is
        asked in this process, in a thread of its own, also while a cell is busy. Under origin
        isolation it is asked as the visitor enters the number. Under the others it is asked
        ahead, while the visitor types, half numbers included, and is late where a number comes
        faster than its answer. Where a function has no answer, `fallback` answers or, without
        one, null, and `errors` says so.

        It can be used as a decorator, with ``fallback`` and ``limit`` or bare, and then returns
        the function itself. It replaces what was set before, also while connected, and None
        takes it away: the vendor's own normalisation is back with the next connection.

        Args:
            rule: The policy or the function; None for neither.
            fallback: The policy that answers where the function has no answer.
            limit: Seconds that the function has for a number, above 0 and up to 10, since the
                page stands still meanwhile; None: 2. One that takes longer is not asked again
                before it has returned.

        Raises:
            TypeError: for what is neither a policy nor a plain function, a fallback that is no
                policy, a fallback or limit of what is no function, and a limit that is no number.
            ValueError: for a limit that is not above 0, or above 10.
            RuntimeError: when the widget is closed.

        Example:
            >>> @chat.set_custom_number_normalization(fallback=NumberPolicy("CZ"))
            ... def known_customers_only(number):
            ...     return customers.get(number)
        """
        self._refuse_closed()
        limit = checked_limit(limit)
        check_fallback(fallback)
        if rule is _LEFT_OUT:
            return partial(self.set_custom_number_normalization, fallback=fallback, limit=limit)
        function, policy = checked_rule(rule, fallback, limit)
        told = self._numbers.set(function, policy, limit)
        if told is not None:
            self._exchange.order("numbers", rules=told)
        return function
