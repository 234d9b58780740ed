"""Granting the lease of one widget: to the page that asks, or that is about to show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from owidget_jupyter import wire
from owidget_jupyter.lease import Lease

if TYPE_CHECKING:
    from owidget_jupyter.receiver import Receiver


class Grants:
    """Who may run the stage, what it is to do, and telling front ends of both.

    Not locked: its owner guards it.

    Args:
        receiver: What composes runs and sends messages.
        on_end: Called with the reason before a stage that may be live loses its lease.
        on_held: Called when a front end begins to hold the lease, or gets a fresh one.

    Attributes:
        lease: The lease itself.
    """

    def __init__(
        self, receiver: Receiver, on_end: Callable[[str], None], on_held: Callable[[], None]
    ) -> None:
        self._receiver = receiver
        self._on_end = on_end
        self._on_held = on_held
        self.lease = Lease()
        self._run: dict[str, Any] | None = None
        self._asker: str | None = None  # the front end that asked for a stage last
        self._several = False  # whether there was another before it

    @property
    def attended(self) -> bool:
        """Whether any front end ever asked for a stage, or was offered one."""
        return self._asker is not None

    def comes(self, frontend: str) -> bool:
        """Take note of who asks; tell whether it is another than the one before."""
        comes = frontend != self._asker
        self._several = self._several or (comes and self.attended)
        self._asker = frontend
        return comes

    def answer(self, want: wire.Message) -> None:
        """Answer a front end that asks: with the lease, or with who has it."""
        frontend, holder = want["frontend"], self.lease.holder
        # A page that is reloaded may not get its release out; its successor speaks for it.
        vacant = not self.lease.taken or holder == want["replaces"]
        if vacant or (want["take"] and holder != frontend):
            self.grant(frontend, want["origin"])
        elif holder == frontend:  # the answer got lost: the same one again
            self.send()
        else:
            self.tell()

    def offer(self, connection: str, texts: dict[str, str]) -> None:
        """Grant the lease to the page of a connection before it asks, with parts that it needs.

        In one message: behind a long one, a short one waits until the page has acknowledged it.
        """
        self._run = self._receiver.compose_run("")
        self.lease.offer(connection)
        self.send(texts)

    def take_up(self, message: wire.Message) -> None:
        """Have who was offered the lease hold it from the first word under it on."""
        if self.lease.take(message["frontend"], message.get("lease", 0)):
            self._asker = message["frontend"]
            self._on_held()

    def renew(self) -> None:
        """Give the holder a fresh stage, or let those who wait ask."""
        holder, origin = self.lease.holder, self.lease.origin
        if holder is None:
            self.tell()
        elif origin or not self._receiver.wants_origin():
            self.grant(holder, origin)
        else:  # who was offered the lease has never said its origin: it does when it asks
            self._on_end("the stage was replaced by a fresh one")
            self.free()

    def grant(self, frontend: str, origin: str) -> None:
        """Grant a fresh stage, in the place of the one that may be live, if one can run."""
        self._on_end("the stage was replaced by a fresh one")
        if not self._receiver.wants_stage():
            self.free()
            return
        self._run = self._receiver.compose_run(origin)
        self.lease.grant(frontend, origin)
        # An old holder must drop its stage before the new one starts its own, and whoever else
        # shows the widget must know where it runs.
        if self._several:
            self.tell()
        self.send()
        if self.lease.taken:
            self._on_held()

    def free(self) -> None:
        """Take the lease back, and say so."""
        self.lease.free()
        self.tell()

    def send(self, texts: dict[str, str] | None = None) -> None:
        """Send the holder its grant."""
        lease = self.lease
        fields = {"frontend": lease.holder, "lease": lease.number, "run": self._run}
        self._receiver.send(wire.message("grant", **fields, texts=texts or {}))

    def tell(self) -> None:
        """Tell all front ends who has the lease, and whether it is to be had."""
        holder, silent = self.lease.holder, self.lease.silent
        open = holder is None and self._receiver.wants_stage()
        self._receiver.send(wire.message("lease", holder=holder, silent=silent, open=open))
