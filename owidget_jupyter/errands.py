"""What front ends need of the kernel: the heavy parts of themselves, and answers to numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from owidget_jupyter import wire
from owidget_jupyter.receiver import Receiver

if TYPE_CHECKING:
    from owidget_jupyter.numbers.desk import Answer


#: Parts that this kernel has brought.
_brought: set[str] = set()


def unbrought(names: Iterable[str]) -> dict[str, str]:
    """Return parts that a page is going to ask for, to be sent before it does: each only once.

    A page that has one already, or comes later, or hears nothing, is none the worse: it asks
    for what it lacks.
    """
    from owidget_jupyter.stage import document

    missing = [name for name in names if name not in _brought]
    _brought.update(missing)
    return {name: document.asset(name) for name in missing}


class Errands:
    """Runs the errands of one widget's front ends; keeps nothing."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def fetch(self, message: wire.Message) -> None:
        """Send the texts that a page asks for.

        Raises:
            wire.MalformedMessage: if there are none of those names.
        """
        from owidget_jupyter.stage import document

        names = message["names"]
        try:
            texts = {name: document.asset(name) for name in names}
        except KeyError:
            raise wire.MalformedMessage(f"no assets {names!r}") from None
        self._receiver.send(wire.message("asset", frontend=message["frontend"], texts=texts))

    def ask(self, message: wire.Message) -> None:
        """Have a number answered, and the page told.

        Raises:
            wire.MalformedMessage: if it is too long for one.
        """
        from owidget_jupyter.numbers.desk import LONGEST  # only now: few stages ask

        number = message["number"]
        if len(number.encode(errors="replace")) > LONGEST:
            raise wire.MalformedMessage("a number that is too long")

        def reply(answer: Answer) -> None:
            said = {"version": answer.version, "given": answer.given, "number": answer.number}
            asked = {"lease": message["lease"], "id": message["id"]}
            self._receiver.send(wire.message("answer", **asked, **said))

        self._receiver.number_asked(number, message["submitted"], reply)
