"""`OWidget`: the model that a notebook displays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import TYPE_CHECKING, Any, overload

from owidget_jupyter.callbacks import EventCallback, Function, StatusCallback, check_callable
from owidget_jupyter.calls import check_json, check_method
from owidget_jupyter.diagnosing import Diagnosing
from owidget_jupyter.events import Event, EventType, known_type
from owidget_jupyter.exploring import Exploring
from owidget_jupyter.model import Model
from owidget_jupyter.normalizing import Normalizing
from owidget_jupyter.problems import ProblemLog
from owidget_jupyter.publishing import Publishing
from owidget_jupyter.settings import checked_settings
from owidget_jupyter.simulating import Simulating

if TYPE_CHECKING:
    from owidget_jupyter.future import CallFuture
    from owidget_jupyter.recording.replay import Player


class OWidget(Simulating, Normalizing, Diagnosing, Publishing, Exploring, Model):
    """A website's live chat in a notebook.

    Displaying it opens a *stage* below the cell: a separate document, which loads the vendor's
    OOWidget.js as a website would. Status codes and chat events come back to
    Python, where functions hear of them; nothing is contacted before it is displayed.

    Its settings are traits, such as `preset`: assigning a bad value raises
    ``traitlets.TraitError`` and leaves the old one; one that matters to the script takes a fresh
    stage. What the page reports are read-only traits, such as `state`. Methods are named as on
    the vendor's API page, in snake_case, beside the notebook's own idiom.

    Args:
        company_id: GUID of the company, as text or ``uuid.UUID``.
        **settings: Any other settings, by name; and `journal`, the path of a file that the event
            log is appended to as it grows.

    Raises:
        TypeError: for a keyword that is no setting.
        traitlets.TraitError: for a value that a setting does not accept.

    Example:
        >>> chat = OWidget("295b1064-cf5b-4a5d-9e05-e7a74f86ae5e", language="cs")
        >>> @chat.on_status
        ... def show(code):
        ...     print("status", code)
        >>> chat
    """

    _player: Player | None = None  # since the first replay

    def __init__(self, company_id: object = None, **settings: Any) -> None:
        if company_id is not None:
            settings["company_id"] = company_id
        super().__init__(**settings)
        self._seat_people()

    # Who is talked to, in the vendor's words

    def init(
        self,
        company_id: object,
        preset: str | None = None,
        language: str | None = None,
        scope: str | None = None,
    ) -> None:
        """Set company, preset, language and scope at once, as the vendor's ``init`` does.

        What is left out is None. Other values than those set take a fresh stage.

        Raises:
            traitlets.TraitError: for a value that is not accepted; all four stay as they were.
        """
        given = {
            "company_id": company_id,
            "preset": preset,
            "language": language,
            "scope": scope,
        }
        self.configure(**given)

    def configure(self, **settings: Any) -> None:
        """Set any settings at once: one fresh stage follows, if any.

        What is left out stays as it is.

        Args:
            **settings: Values, by the setting's name.

        Raises:
            TypeError: for a keyword that is no setting; nothing has changed then.
            traitlets.TraitError: for a value that is not accepted; nothing has changed then.

        Example:
            >>> chat.configure(preset="sales", language="cs", height=600)
        """
        # All are checked before the first is set, so that a bad one leaves all as they were.
        checked = checked_settings(settings)
        with self._exchange.one_change():
            for name, value in checked.items():
                setattr(self, name, value)

    @classmethod
    def check(cls, **settings: Any) -> dict[str, Any]:
        """Return what assigning these settings would keep; no widget is needed or changed.

        Args:
            **settings: Values, by the setting's name.

        Raises:
            TypeError: for a keyword that is no setting.
            traitlets.TraitError: for a value that is not accepted, as assigning it does.

        Example:
            >>> OWidget.check(company_id="295B1064CF5B4A5D9E05E7A74F86AE5E", language="cs")
            {'company_id': '295b1064-cf5b-4a5d-9e05-e7a74f86ae5e', 'language': 'cs'}
        """
        return checked_settings(settings)

    def connect_to_server(self) -> None:
        """Connect, where ``autoconnect=False`` left that to you; once connected, do nothing.

        Said before the stage is ready, it is done in its place among the calls that wait for it.
        Later stages connect by themselves.

        Raises:
            RuntimeError: if there is no company id yet, or the widget is closed.
        """
        self._refuse_closed()
        if self.company_id is None:
            raise RuntimeError("there is no company id yet: call init() or set company_id first")
        self._connect_wanted = True
        self._exchange.order("connect", on_sent=self._run.connect_from_now_on)

    @property
    def is_supported(self) -> bool | None:
        """Whether the vendor's script supports this browser; None while it has not said."""
        if self.state == "unsupported":
            return False
        return True if self.state in ("ready", "connecting", "connected") else None

    # Who hears of what

    def set_app_event_callback(self, function: EventCallback | None) -> None:
        """Have one function called with each `Event`; replaces the one before, None clears it."""
        if function is not None:
            check_callable("set_app_event_callback", function)
        self._callbacks.app_event = function

    def set_status_update_callback(self, function: StatusCallback | None) -> None:
        """Have one function called with each status code that the vendor's script reports.

        Repeated codes included; replaces the one before, None clears it.
        """
        if function is not None:
            check_callable("set_status_update_callback", function)
        self._callbacks.status_update = function

    @overload
    def on_event(self, function: Function, /) -> Function: ...
    @overload
    def on_event(self, type: str | EventType, /) -> Callable[[Function], Function]: ...
    def on_event(self, what: Any, /) -> Any:
        """Have a function called with each `Event`, or with those of one type.

        ``chat.on_event(fn)``, ``@chat.on_event`` and ``@chat.on_event("chatSessionStarted")``
        all return the function itself. A function of a cell that is run again replaces its
        former self.

        Raises:
            ValueError: for a type that the vendor's page does not name.
            TypeError: for what is no function.
        """
        if isinstance(what, str):
            type = known_type(what)

            def register(function: Function) -> Function:
                check_callable("on_event", function)
                self._callbacks.add_event(function, type)
                return function

            return register
        check_callable("on_event", what)
        self._callbacks.add_event(what, None)
        return what

    def on_status(self, function: Function) -> Function:
        """Have a function called with each status code, and at once with the current one.

        Returns the function itself, so that it can be used as a decorator. Unlike
        ``observe(fn, names="status_code")`` it also hears of a code that is repeated.
        """
        check_callable("on_status", function)
        self._callbacks.add_status(function)
        code = self.status_code
        if code is not None:
            self._callbacks.run(function, code)
        return function

    def off(self, function: Callable[..., Any]) -> None:
        """Unregister a function from `on_event` and `on_status`.

        Raises:
            ValueError: if it is not registered.
        """
        self._callbacks.remove(function)

    @property
    def errors(self) -> ProblemLog:
        """What went wrong where no cell shows it, such as raising callbacks and failed calls."""
        return self._errors

    def replay(self, log: Iterable[Event], speed: float | None = None) -> int:
        """Play a recorded log back: functions and observers hear of it as if it were live.

        Each entry is appended to `event_log` as a copy with ``replay=True`` and a number of its
        own. It is not written to the journal. In the end the status is not known, as before.

        Who awaits hears of it where awaiting and replaying both work: in a widget that is
        displayed and has no stage, such as one without a company id, once the cell is done.

        Args:
            log: An `EventLog`, or events.
            speed: How many times as fast as it was; the cell is busy as long, and may be
                interrupted. Pauses are kept, but for those between two recordings in one log.
                None plays all of it at once.

        Returns:
            How many entries were played.

        Raises:
            TypeError: for what is no log, or no speed.
            ValueError: for a speed that is not above 0, or an entry that no log could hold.
            RuntimeError: if a stage is live or goes live meanwhile, in a callback of this
                widget, while another replay plays, and when the widget is closed.

        Example:
            >>> rerun = OWidget.simulated()
            >>> rerun.on_event(print)
            >>> rerun.replay(EventLog.from_jsonl("chat.jsonl"), speed=10)
        """
        with self._exchange.between_grants():  # two threads must not have two players
            if self._player is None:
                from owidget_jupyter.recording.replay import Player

                self._player = Player(self._exchange, self._applier)
        return self._player.play(log, speed)

    # Calling the live object

    def call(self, method: str, *args: Any) -> CallFuture:
        """Call any method of the vendor's live object by its name there.

        Sent right away if there is a stage to hear it; else it waits, behind earlier calls, for
        the next one. A stage that goes without an answer fails the call for good.

        Args:
            method: Name of the method, such as ``"openChat"``.
            *args: What has a JSON.

        Returns:
            A future of the method's result as JSON; a promise is awaited in the page. An error
            that nobody awaits goes to `errors`.

        Raises:
            ValueError: for a method that the widget uses itself, such as ``init``.
            TypeError: for an argument without a JSON.
            RuntimeError: when the widget is closed.
        """
        name = check_method(method)
        checked = [check_json(f"an argument of {name}", arg) for arg in args]
        return self._call(name, checked)

    def add_custom_data(self, name: str, value: Any) -> None:
        """Tell the operator a datum of the visitor (observed, not documented by the vendor).

        Kept, and told to every fresh stage before it connects.

        Raises:
            TypeError: for a value without a JSON, or a name that is no text.
            RuntimeError: when the widget is closed.
        """
        self._refuse_closed()
        if not isinstance(name, str):
            raise TypeError(f"the name of custom data is a text, not {name!r}")
        check_json("the name of custom data", name)
        checked = check_json(f"custom data {name!r}", value)
        with self._exchange.between_grants() as granted:
            self._run.custom_data[name] = checked
            if granted:
                self._desire("addCustomData", name, checked)

    @property
    def custom_data(self) -> dict[str, Any]:
        """A copy of what `add_custom_data` has told, by name. It may be personal."""
        with self._exchange.between_grants():
            return deepcopy(self._run.custom_data)

    def remove_custom_data(self, name: str) -> None:
        """Take a datum back (observed, not documented by the vendor).

        Raises:
            KeyError: if there is none of that name.
        """
        with self._exchange.between_grants() as granted:
            del self._run.custom_data[name]
            if granted:
                self._desire("removeCustomData", name)

    def _desire(self, method: str, *args: Any) -> None:
        self._call(method, list(args), desired=True)

    def _call(self, method: str, args: list[Any], desired: bool = False) -> CallFuture:
        from owidget_jupyter.future import CallFuture

        future = CallFuture(method, self._awaiting_obstacle)
        return self._exchange.call("call", future, desired=desired, method=method, args=args)

    def open_chat(self, enqueue: bool = False) -> CallFuture:
        """Open the chat window (observed, not documented by the vendor).

        Args:
            enqueue: Whether the visitor goes straight into the queue.
        """
        return self.call("openChat", True) if enqueue else self.call("openChat")

    def retry(self) -> None:
        """Try again with a fresh stage, whatever became of the last one.

        Raises:
            RuntimeError: when the widget is closed.
        """
        self._refuse_closed()
        self._exchange.reconfigure()

    def __repr__(self) -> str:
        """Describe it without a personal datum."""
        parts = [
            f"state={self.state!r}",
            f"status={self.status!r}",
            f"company_id={self.company_id!r}",
            f"preset={self.preset!r}",
            f"events={self.event_log.total}",
        ]
        return f"{type(self).__name__}({', '.join(parts)})"
