"""The kernel's side of a widget: grants the lease, accepts what front ends saw, keeps calls.

Nothing here knows the widget's traits: what was accepted goes to a `Receiver`, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any

from owidget_jupyter import wire
from owidget_jupyter.calls import CallQueue, settle
from owidget_jupyter.delivery import Delivery
from owidget_jupyter.errands import Errands, unbrought
from owidget_jupyter.events import Event
from owidget_jupyter.grants import Grants
from owidget_jupyter.inbox import Inbox
from owidget_jupyter.lease import Silence
from owidget_jupyter.logbook import STATUS_CODES, Logbook
from owidget_jupyter.lookout import Lookout
from owidget_jupyter.receiver import Receiver, Report
from owidget_jupyter.telling import LISTED, Telling

if TYPE_CHECKING:
    from owidget_jupyter.future import CallFuture


class Exchange:
    """One widget's conversation with all its front ends."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._lock = RLock()
        self._grants = Grants(receiver, on_end=self._end_run, on_held=self._watch)
        self._lease = self._grants.lease
        self._inbox = Inbox(self._note_malformed)
        self._calls = CallQueue()
        self._closed = False
        self._postponed: int | None = None  # changes of settings that wait to be taken for one
        self._logbook = Logbook(receiver)
        self.telling = Telling(receiver)
        self._errands = Errands(receiver)
        self._silence = Silence()
        self._lookout = Lookout(self._look)
        self._problems_unshown = False
        self.delivery = Delivery(
            on_raise=lambda raised: receiver.problems._note_exception("owidget_jupyter", raised),
            on_empty=self._send_problems,
        )

    @property
    def attended(self) -> bool:
        """Whether any front end ever asked for a stage, or was offered one."""
        return self._grants.attended

    @property
    def granted(self) -> bool:
        """Whether a front end holds the lease, or was offered it and is about to take it."""
        return self._lease.holder is not None

    @property
    def held(self) -> bool:
        """Whether a front end holds the lease and has spoken under it."""
        return self._lease.taken

    @contextmanager
    def between_grants(self) -> Iterator[bool]:
        """Keep other threads from granting a stage in the midst of a change.

        Yields whether there is one now: it has to be told what later ones learn from their run.
        """
        with self._lock:
            yield self.granted

    @contextmanager
    def _settling(self) -> Iterator[None]:
        """Hold the lock; what is put into the delivery meanwhile runs once it is free.

        Put under the lock, because callbacks must hear in the order of the log; run outside,
        because a callback may take long, and messages must not wait for it.
        """
        try:
            with self._lock:
                yield
        finally:
            try:
                self.delivery.run()
            finally:
                self.telling.tell()

    # What Python wants of the front ends

    @contextmanager
    def one_change(self) -> Iterator[None]:
        """Take all settings that change meanwhile for one change: no stage sees half of it."""
        with self._settling():
            outer, self._postponed = self._postponed, 0
            try:
                yield
            finally:
                changes, self._postponed = self._postponed, outer
                if changes and outer is not None:  # an observer's change is part of what it saw
                    self._postponed = outer + changes
                elif changes:
                    self._reconfigure()

    def reconfigure(self) -> None:
        """Give the holder a fresh stage for changed settings, or let those who wait ask."""
        with self._settling():
            if self._postponed is not None:
                self._postponed += 1
            else:
                self._reconfigure()

    def order(self, kind: str, on_sent: Callable[[], None] | None = None, **fields: object) -> None:
        """Send the stage an order, which has no answer, in its place among the calls.

        One that a stage learns from its run anyway goes with that stage; one with something to
        do when it is sent is kept until then.
        """
        with self._lock:
            if on_sent is not None or self.granted:
                self._calls.add_order(kind, on_sent, **fields)
                self._send_calls()

    def call(self, kind: str, future: CallFuture, **fields: Any) -> CallFuture:
        """Send a call, or keep it until the stage is ready for it; see `CallQueue.add`."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the widget is closed")
            self._calls.add(kind, future, **fields)
            self._send_calls()
        return future

    def displayed(self, connection: str | None) -> None:
        """Send what the page that is about to show the widget is going to ask for.

        The first of them is offered the lease as well, so that its stage waits for no answer:
        the kernel may have other cells to run.

        Args:
            connection: Of that page; None where it is not known.
        """
        with self._settling():
            if self._closed:
                return
            texts = unbrought(self._receiver.parts())
            # Where the run depends on its origin, it has to say that first, and so to ask.
            if connection and not self.attended and not self._receiver.wants_origin():
                self._greet(connection, partial(self._grants.offer, connection, texts))
            elif texts:
                self._send("asset", frontend="", texts=texts)

    @contextmanager
    def without_stage(self) -> Iterator[None]:
        """Keep stages from going live meanwhile; steps that are put run afterwards.

        Raises:
            RuntimeError: if one is live, or the widget is closed.
        """
        with self._settling():
            if self._closed:
                raise RuntimeError("the widget is closed: make a new one")
            if self.held:
                raise RuntimeError("a stage is live here: what is played would mix with it")
            if self.granted:  # only offered: who shows the widget has to ask then
                self._grants.free()
            yield

    def show_problems(self) -> None:
        """Show the person what went wrong, under the widget.

        In the middle of a delivery only once, at its end: a callback that raises for each of
        200 events must not send 200 messages.
        """
        self._problems_unshown = True
        if not self.delivery.running_here:
            self._send_problems()

    def _send_problems(self) -> None:
        if self._problems_unshown and self.attended and not self._closed:
            self._problems_unshown = False
            self._send("problems", problems=self._receiver.problems._lines())

    def close(self) -> None:
        """End it: no message is heeded any more."""
        with self._settling():
            self._announce(self._logbook.set_status(None, self._lease.holder or ""))
            self._closed = True
            self._lease.free()
            self._lookout.stop()
            futures = self._calls.abandoned()
        self._fail(futures, "the widget was closed")

    # What front ends say

    def on_message(self, content: object) -> None:
        """Take one message from a front end; a malformed one becomes a problem."""
        try:
            message = wire.check_message(content)
            handler: Callable[[wire.Message], None] = getattr(self, f"_on_{message['kind']}")
            with self._settling():
                # Asked under the lock: after close() nothing may be granted any more.
                if not self._closed:
                    self._grants.take_up(message)
                    handler(message)
        except wire.MalformedMessage as error:
            self._note_malformed(error)

    def _note_malformed(self, error: wire.MalformedMessage) -> None:
        self._receiver.problems._note("front end", str(error))

    def _on_want(self, message: wire.Message) -> None:
        self._greet(message["frontend"], partial(self._grants.answer, message))

    def _greet(self, frontend: str, answer: Callable[[], None]) -> None:
        """Answer a page that comes, or is about to, and tell it how things stand."""
        comes = self._grants.comes(frontend)
        answer()
        if self._receiver.problems:
            self.show_problems()
        # In Jupyter its state has the end of the log; marimo shows it the one of the beginning.
        if comes and self._receiver.log:
            self.telling.tell_of(self._receiver.log[-LISTED:])

    def _on_release(self, message: wire.Message) -> None:
        frontend, lease = message["frontend"], message["lease"]
        if self._lease.is_current(frontend, lease):
            self._end_run("the stage was closed")
            self._grants.free()
            return
        overlap = self._lease.overlap(frontend, lease)
        if overlap is not None:
            self._announce(self._logbook.note_overlap(overlap, frontend))

    def _on_alive(self, message: wire.Message) -> None:
        if message["status"] not in (None, *STATUS_CODES):
            raise wire.MalformedMessage(f"no status {message['status']!r}")
        self.telling.tell_of([])  # so that the page sees that the kernel is alive as well
        frontend, lease = message["frontend"], message["lease"]
        if lease == 0:
            return  # a page that looks on asks for no more
        if not self._lease.is_current(frontend, lease):
            if self._lease.holder == frontend:  # its grant is under way, or was lost
                self._grants.send()
            else:  # a holder that slept learns that its lease is gone
                self._grants.tell()
            return
        self._silence.heard()
        if self._lease.silent:
            self._lease.silent = False
            self._grants.tell()
        elif message["pending"]:
            return  # what it has still to deliver says how it came to this
        # It woke, or what had found no room in its outbox was how things stand.
        self.delivery.put(partial(self._receiver.resumed, message))
        self._announce(self._logbook.set_status(message["status"], frontend))

    def _on_batch(self, message: wire.Message) -> None:
        load, frontend = message["load"], message["frontend"]
        current = self._lease.is_current(frontend, message["lease"])
        if current:
            self._silence.heard()
        entries, upto = self._inbox.fresh(load, message["entries"])
        sighted = self._logbook.write(message, entries)
        report = Report(sighted, message["lease"], current, message["active"])
        self._inbox.advance(load, upto)
        if entries:
            self._put(report)
        self.telling.owe(report.events, load, upto)
        if self.delivery.took_long:  # the page would take a kernel in such callbacks for silent
            self.telling.tell()
        self._announce(self._logbook.follow_status(entries, current, self._lease.holder or ""))

    def _on_asset(self, message: wire.Message) -> None:
        self._errands.fetch(message)

    def _on_ask(self, message: wire.Message) -> None:
        if self._lease.is_current(message["frontend"], message["lease"]):
            self._errands.ask(message)

    def _on_findings(self, message: wire.Message) -> None:
        self._receiver.examined(message)

    def _on_retry(self, message: wire.Message) -> None:
        self._reconfigure()

    # The stage that runs

    def _reconfigure(self) -> None:
        if self.attended and not self._closed:
            self._grants.renew()

    def _watch(self) -> None:
        """Watch from now on whether the holder reports."""
        self._silence.heard()
        self._lookout.start()

    def _end_run(self, why: str) -> None:
        futures = self._calls.lost()
        if self._lease.holder is None:
            return
        self._lookout.stop()

        def ended() -> None:
            self._receiver.run_ended()
            self._fail(futures, why)

        self.delivery.put(ended)
        self._announce(self._logbook.set_status(None, self._lease.holder))

    def _look(self) -> None:
        """Look, every few seconds of an idle kernel, whether the holder still reports."""
        with self._settling():
            late = self._calls.late()
            if late:
                self.delivery.put(lambda: self._fail(late, "the time limit passed"))
                self._send_calls()
            self._lease.look()
            due = self._silence.look() if self._lease.holder and not self._lease.silent else None
            if due is None:
                return
            if due == "ask":  # whoever hears that it is the holder says that it is alive
                self._grants.tell()
                return
            self._lease.silent = True
            self._grants.tell()
            self.delivery.put(self._receiver.fell_silent)
            self._announce(self._logbook.set_status(None, self._lease.holder or ""))

    # Accepting

    def _announce(self, event: Event | None) -> None:
        """Tell everybody of an entry that no page brought."""
        if event is not None:
            self.delivery.put(lambda: self._receiver.noted(event))
            self.telling.tell_of([event])

    def _put(self, report: Report) -> None:
        """Queue what follows from a batch, a step each: one that is interrupted loses no other."""
        self.delivery.put(partial(self._receiver.logged, report.events))
        if report.current and report.active is not None:
            self.delivery.put(partial(self._receiver.isolated, report.active))
        for entry, event in report.sighted:
            self.delivery.put(partial(self._deliver, entry, event, report.current))
        self.delivery.put(partial(self._finish, report))

    def _deliver(self, entry: wire.Message, event: Event | None, current: bool) -> None:
        if entry["kind"] == "result":
            self._answer(entry)
        elif entry["kind"] == "problem":
            self._receiver.problems._note(entry["where"], entry["message"])
        else:
            self._receiver.apply(entry, event, current)

    def _finish(self, report: Report) -> None:
        self._receiver.applied(report.events)
        if report.current:
            self._note_stage(report)

    def _note_stage(self, report: Report) -> None:
        states = [entry["state"] for entry, _ in report.sighted if entry["kind"] == "state"]
        lost: Sequence[CallFuture] = ()
        with self._lock:
            if report.lease != self._lease.number:  # a callback took a fresh stage meanwhile
                return
            if states:
                lost = self._calls.stage_is(states[-1])
            self._send_calls()
        if lost:
            self._fail(lost, f"the stage was {states[-1]}")

    def _send_calls(self) -> None:
        for call in self._calls.take():
            self._send(call.kind, lease=self._lease.number, **call.message)
            if call.on_sent is not None:
                call.on_sent()

    def _answer(self, entry: wire.Message) -> None:
        with self._lock:
            future = self._calls.answered(entry["id"])
            if self._calls.ready:  # else later: the rest of the batch may say that it is ready
                self._send_calls()
        if future is not None:
            settle(future, entry["value"], entry["error"], self._receiver.problems)

    def _fail(self, futures: Sequence[CallFuture], why: str) -> None:
        for future in futures:
            settle(future, None, f"{why} before it answered", self._receiver.problems)

    def _send(self, kind: str, **fields: object) -> None:
        self._receiver.send(wire.message(kind, **fields))
