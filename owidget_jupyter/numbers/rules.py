"""What one widget does with phone numbers: a function, a policy, or nothing of its own."""

from __future__ import annotations

from numbers import Real
from threading import Lock
from typing import TYPE_CHECKING, Any

from owidget_jupyter.callbacks import check_callable
from owidget_jupyter.problems import ProblemLog

if TYPE_CHECKING:
    from owidget_jupyter.numbers.desk import Normalizer, NumberDesk
    from owidget_jupyter.numbers.policy import NumberPolicy


#: Most seconds that a function may be given.
MOST_LIMIT = 10.0


class Numbers:
    """The number rules of one widget, and the desk where its function is asked."""

    def __init__(self, problems: ProblemLog) -> None:
        self._problems = problems
        self._desk: NumberDesk | None = None
        self._lock = Lock()  # a cell may set rules while another thread begins a stage
        self._removed = False
        #: What a person has set: the function, and the policy.
        self.rule: tuple[Normalizer | None, NumberPolicy | None] = (None, None)
        #: As stages are told them; None where the vendor's default applies.
        self._current: dict[str, Any] | None = None

    @property
    def desk(self) -> NumberDesk:
        """The desk, which is there from when somebody asks for it: few widgets have a function."""
        with self._lock:
            return self._open_desk()

    def close(self) -> None:
        """End the thread that functions run in, and let go of the function and what it knows."""
        with self._lock:
            if self._desk is not None:
                self._desk.close()

    def _open_desk(self) -> NumberDesk:
        if self._desk is None:
            from owidget_jupyter.numbers.desk import NumberDesk

            self._desk = NumberDesk(self._problems)
        return self._desk

    def set(
        self, function: Normalizer | None, policy: NumberPolicy | None, limit: float | None
    ) -> dict[str, Any] | None:
        """Have a function answer, and a policy where there is none or it has no answer.

        Neither of them takes effect with the next stage: the vendor's script cannot be told to
        forget its callback, so until then the last rules stand.

        Returns:
            What a stage that runs is told; None for nothing.
        """
        with self._lock:
            self.rule = (function, policy)
            self._removed = function is None and policy is None
            if self._removed:
                return None
            told = None if policy is None else _on_the_wire(policy)
            desk = self._open_desk()
            desk.employ(function, limit)
            self._current = {
                "version": desk.version,
                "asks": function is not None,
                "policy": told,
            }
            return self._current

    def for_fresh_stage(self) -> dict[str, Any] | None:
        """Return the rules for a stage that begins, or None where the vendor's default applies."""
        with self._lock:
            if self._removed:
                self._removed, self._current = False, None
                if self._desk is not None:
                    self._desk.employ(None)
            return self._current

    @property
    def coming(self) -> dict[str, Any] | None:
        """The rules that the next stage will begin with; None where it has the vendor's default."""
        with self._lock:
            return None if self._removed else self._current


def _on_the_wire(policy: NumberPolicy) -> dict[str, Any]:
    from owidget_jupyter.stage.document import metadata_asset

    return {**policy._rules(), "metadata": metadata_asset(policy._needed_regions())}


def checked_limit(limit: object) -> float | None:
    """Return the time limit of a function that a page waits for, in seconds; raise for no such."""
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, Real):
        raise TypeError(f"limit is a number of seconds, not {limit!r}")
    if not 0 < float(limit) <= MOST_LIMIT:
        raise ValueError(
            f"limit is a number of seconds above 0, up to {MOST_LIMIT:g} since the page stands "
            f"still meanwhile, and not {limit!r}"
        )
    return float(limit)


def check_fallback(fallback: object) -> None:
    """Raise for a fallback that is no policy."""
    if fallback is not None and not _is_policy(fallback):
        raise TypeError(f"fallback is a NumberPolicy or None, not {fallback!r}")


def checked_rule(
    rule: Any, fallback: NumberPolicy | None, limit: float | None
) -> tuple[Normalizer | None, NumberPolicy | None]:
    """Return a rule as function and policy.

    Raises:
        TypeError: for what is neither, and for a fallback or limit of what is no function.
    """
    if rule is not None and not _is_policy(rule):
        check_callable("set_custom_number_normalization", rule)
        return rule, fallback
    if fallback is not None:
        raise TypeError("fallback is for a function, which may have no answer")
    if limit is not None:
        raise TypeError("limit is for a function; a policy answers at once")
    return None, rule


def _is_policy(value: object) -> bool:
    from owidget_jupyter.numbers.policy import NumberPolicy  # only now: few widgets have one

    return isinstance(value, NumberPolicy)
