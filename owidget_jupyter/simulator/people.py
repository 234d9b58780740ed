"""The two people of a simulated chat, driven from Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from owidget_jupyter.callbacks import Callbacks, Function, check_callable
from owidget_jupyter.future import CallFuture
from owidget_jupyter.simulator.clock import Clock
from owidget_jupyter.simulator.simulation import Simulation

if TYPE_CHECKING:
    from owidget_jupyter.simulator.desk import Waiting
    from owidget_jupyter.simulator.scenario import Scenario

STATUS_WORDS = {"offline": 0, "online": 1, "busy": 2}

#: Ways to talk that a visitor can choose from.
CHANNELS = ("chat", "av")

#: How much a phone field takes at most, in characters.
MAX_NUMBER = 100

Act = Callable[..., CallFuture]


def status_code(status: int | str) -> int:
    """Return a status as its code.

    Raises:
        ValueError: if it is none of the three, by code or word.
    """
    if isinstance(status, str) and status in STATUS_WORDS:
        return STATUS_WORDS[status]
    if isinstance(status, int) and not isinstance(status, bool) and status in (0, 1, 2):
        return int(status)
    raise ValueError(f"status {status!r} is none of 'offline' (0), 'online' (1), 'busy' (2)")


def _text(what: str, text: object) -> str:
    if isinstance(text, str) and text.strip():
        return text
    raise ValueError(f"{what} takes a text that is not empty, not {text!r}")


class Operator:
    """The operator's chair of a simulated chat, and the desk in front of it.

    Until Python uses it, a scripted operator sits there, accepts and answers as the scenario has
    it; the first word from Python (`status`, `accept`, `say`, `end`) sends it away. Looking and
    listening do not. What is said before the widget is displayed is kept and done in order.
    Methods that act return a future that one may await, and raise RuntimeError on a widget that
    is closed.

    Example:
        >>> chat = OWidget.simulated()
        >>> @chat.operator.on_message
        ... def answer(text):
        ...     chat.operator.say(f"You wrote: {text}")
        >>> chat.operator.status = "busy"
    """

    def __init__(
        self, act: Act, clock: Clock, simulation: Simulation, callbacks: Callbacks
    ) -> None:
        self._act = act
        self._clock = clock
        self._simulation = simulation
        self._callbacks = callbacks
        self._status: int | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario that the widget was made with; every stage begins with it."""
        return self._simulation.scenario

    @property
    def clock(self) -> Clock:
        """The chat's clock, which is real, fast, or goes step by step."""
        return self._clock

    @property
    def queue(self) -> tuple[Waiting, ...]:
        """Who waits to be accepted, the next one first, as the page last said; () without a stage.

        Example:
            >>> await chat.visitor.join()
            >>> [waiting.position for waiting in chat.operator.queue]
            [1]
        """
        return self._simulation.queue

    def on_message(self, function: Function) -> Function:
        """Have a function called with the text of each message that the visitor sends.

        Returns the function itself, so that it can be used as a decorator. A function of a cell
        that is run again replaces its former self; what it raises goes to ``chat.errors``.

        Raises:
            TypeError: for what is no function, or an async one.

        Example:
            >>> @chat.operator.on_message
            ... def count(text):
            ...     lengths.append(len(text))
        """
        check_callable("on_message", function)
        self._callbacks.add_message(function)
        return function

    def off(self, function: Callable[..., object]) -> None:
        """Unregister a function from `on_message`.

        Raises:
            ValueError: if it is not registered.
        """
        self._callbacks.remove_message(function)

    @property
    def status(self) -> int | None:
        """The status last set from Python, as 0, 1 or 2; None before the first.

        Set it by code or as "offline", "online", "busy". What the page then reports is
        ``chat.status_code``.

        Raises:
            ValueError: when it is set to anything else.
        """
        return self._status

    @status.setter
    def status(self, status: int | str) -> None:
        code = status_code(status)
        self._act("operator", "status", code)
        self._status = code

    def accept(self) -> CallFuture:
        """Take on the visitor who waits in the queue."""
        return self._act("operator", "accept")

    def say(self, text: str) -> CallFuture:
        """Say something to the visitor.

        Raises:
            ValueError: for what is no text, or an empty one.
        """
        return self._act("operator", "say", _text("say", text))

    def end(self) -> CallFuture:
        """End the session."""
        return self._act("operator", "end")

    def __repr__(self) -> str:
        """Describe it without a word of the visitor's."""
        scenario, waiting = self.scenario.title, len(self.queue)
        return f"<Operator: scenario {scenario!r}, {self.clock!r}, {waiting} in the queue>"


class Visitor:
    """The visitor of a simulated chat, who acts in the page as a person would.

    Each step waits for the control that it needs. What is asked before the widget is displayed
    is kept and done in order. Every method returns a future that one may await, and raises
    RuntimeError on a widget that is closed.
    """

    def __init__(self, act: Act) -> None:
        self._act = act

    def open(self) -> CallFuture:
        """Click the button: the chat window opens."""
        return self._act("visitor", "open")

    def join(self, channel: str = "chat") -> CallFuture:
        """Start a conversation from the window: the visitor queues.

        Args:
            channel: ``"chat"``, or ``"av"`` for the simulated video call that some presets offer;
                the call fails where the preset has none.

        Raises:
            ValueError: for another channel.

        Example:
            >>> chat = OWidget.simulated(preset="sales")
            >>> chat.visitor.join("av")
        """
        if channel not in CHANNELS:
            raise ValueError(f"channel {channel!r} is none of 'chat', 'av'")
        return self._act("visitor", "join", channel)

    def type(self, text: str) -> CallFuture:
        """Type a message and send it.

        Raises:
            ValueError: for what is no text, or an empty one.
        """
        return self._act("visitor", "type", _text("type", text))

    def call_back(self, number: str, paste: bool = False) -> CallFuture:
        """Ask to be called back: type a phone number into the form, and submit it.

        The window and the form are opened where they are not. While a conversation is under way
        there is no such form, and the call fails.

        Args:
            number: What is typed, right or wrong, of at most 100 characters.
            paste: Put it in and submit it at once, instead of key by key at a person's pace
                (60 ms a key, and 300 ms before submitting).

        Returns:
            A future of whether the form took the number: False where it called it invalid. The
            number itself does not come back.

        Raises:
            ValueError: for a number that is empty, too long or no text, or a `paste` that is no
                bool.

        Example:
            >>> await chat.visitor.call_back("777 666 555")
            True
        """
        _text("call_back", number)
        if len(number) > MAX_NUMBER:
            raise ValueError(
                f"call_back takes at most {MAX_NUMBER} characters, and the number has {len(number)}"
            )
        if not isinstance(paste, bool):
            raise ValueError(f"paste {paste!r} is neither True nor False")
        return self._act("visitor", "callBack", number, paste)

    def minimise(self) -> CallFuture:
        """Close the window; a conversation goes on."""
        return self._act("visitor", "minimise")

    def leave(self) -> CallFuture:
        """End the conversation, if there is one, and close the window."""
        return self._act("visitor", "leave")
