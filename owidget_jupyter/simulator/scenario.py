"""What one visit to the simulator is to be like: a scenario is data, kept in a TOML file.

Not imported with the package, nor by a chat on a shipped one before a stage asks for it: what
reads and checks scenarios takes its time.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
import msgspec.toml
from msgspec import Meta, field

from owidget_jupyter.calls import check_json
from owidget_jupyter.simulator import shipped
from owidget_jupyter.simulator.parts import (
    Moment,
    Part,
    Queue,
    Script,
    ScriptedOperator,
    entries,
)
from owidget_jupyter.simulator.shipped import DEFAULT
from owidget_jupyter.simulator.simulation import milliseconds

#: Most bytes of a scenario's file.
LARGEST = 64 * 1024


class ScenarioError(ValueError):
    """A scenario is not there, or not such as can be played.

    It says in which file and where, what is accepted there, and what was found instead.
    """


class Scenario(Part, frozen=True):
    """What one visit is to be like: statuses, queue, what the operator says, and when.

    `load` and `from_toml` make one, and look at every key. Durations are in seconds, texts for
    everybody or one for each language. This is its file, with the defaults; what has none is
    commented out, as are the two other kinds of a moment::

        title = "A title"             # what people call it; it has no default
        about = ""                    # what it is good for, in one or two sentences

        [script]
        supported = true              # what isSupported says
        loads_after = 0.0             # from the script's evaluation to $owidgetOnLoad
        connects_after = 0.0          # from connectToServer to the first status code

        [[timeline]]                  # what happens by itself, in order of time
        at = 0.0                      # since the first status code; a status at 0 is that one
        status = "online"             # or "offline", "busy"
        # connection = "lost"         # or "back": the server, in place of a status
        # call = "_offerHelp"         # or $owidget._offerHelp() of the page, as an admin's rule

        [queue]
        ahead = 0                     # people before the visitor
        each = 4.0                    # until one of them has been served

        [operator]                    # who is there until Python plays it
        comes = true                  # false: never accepts
        accepts_after = 1.2           # once nobody waits before the visitor
        thinks = 0.4                  # from a visitor's message to the first key
        types = 0.8                   # how long it is seen typing before each line
        leaves_on_goodbye = true      # ends the chat when the visitor takes leave
        # leaves_after = 60.0         # ends it so long after joining
        # name = "Eva"                # else the language's word for an operator
        # greeting = {en = "Hello"}   # else the language's own; "": says none
        # answers = ["Yes", "No"]     # in turn, round and round; else the language's own
        # [[operator.replies]]        # looked at before the answers
        # to = ["price", "how much"]  # any of these in the message, case and accents aside
        # say = "A hundred."
        # [[operator.says]]           # by itself
        # after = 10.0                # since it joined
        # say = "Are you still there?"

    Attributes:
        title: What people call it.
        about: What it is good for, in one or two sentences.
        script: How the script itself behaves.
        timeline: What happens by itself, in order of time.
        queue: Who waits before the visitor.
        operator: The operator who is there until Python plays it.

    Example:
        >>> Scenario.load("busy-then-served").timeline[0].status
        'busy'
    """

    title: Annotated[
        str, Meta(min_length=1, max_length=100, description="a text of 1 to 100 characters")
    ]
    about: Annotated[
        str, Meta(max_length=1_000, description="a text of at most 1000 characters")
    ] = ""
    script: Script = field(default_factory=Script)
    timeline: Annotated[
        tuple[Moment, ...], Meta(max_length=200, description=entries(200, "timeline"))
    ] = ()
    queue: Queue = field(default_factory=Queue)
    operator: ScriptedOperator = field(default_factory=ScriptedOperator)

    @classmethod
    def load(
        cls, scenario: str | os.PathLike[str] | Mapping[str, object] | Scenario = DEFAULT
    ) -> Scenario:
        """Return a scenario, wherever it comes from.

        Args:
            scenario: The name of one that is shipped (`names`), the path of a TOML file (a text
                with a suffix or a separator in it, or a ``pathlib.Path``), what such a file holds
                as a mapping, or a scenario.

        Raises:
            ScenarioError: for a name that is not shipped, and for what cannot be played.
            OSError: for a file that cannot be read.
            TypeError: for none of these.

        Example:
            >>> Scenario.load({"title": "Nobody comes", "operator": {"comes": False}})
            Scenario('Nobody comes')
        """
        if isinstance(scenario, Scenario):
            # One that was put together by hand has not been looked at yet.
            return cls._checked(msgspec.to_builtins(scenario), "scenario")
        if isinstance(scenario, Mapping):
            return cls._checked(scenario, "scenario")
        if isinstance(scenario, str) and "\n" in scenario:
            raise ScenarioError(
                "no name and no path: Scenario.from_toml(text) reads a text in TOML"
            )
        if isinstance(scenario, str) and not _is_path(scenario):
            return cls._shipped(scenario)
        if isinstance(scenario, str | os.PathLike):
            path = Path(scenario)
            with path.open("rb") as file:
                return cls._from_bytes(file.read(LARGEST + 1), path.name)
        raise TypeError(
            f"a scenario is a name, the path of a TOML file, a mapping or a Scenario, "
            f"not {scenario!r}"
        )

    @classmethod
    def from_toml(cls, text: str) -> Scenario:
        r"""Return the scenario that a text in TOML describes.

        Raises:
            ScenarioError: for one that cannot be played.
            TypeError: for what is no text.

        Example:
            >>> Scenario.from_toml('title = "Nobody comes"\n[operator]\ncomes = false')
            Scenario('Nobody comes')
        """
        if not isinstance(text, str):
            raise TypeError(f"from_toml takes a text, not {text!r}")
        return cls._from_bytes(text.encode("utf-8", "surrogatepass"), "scenario")

    @staticmethod
    def names() -> tuple[str, ...]:
        """Return the names of those that are shipped, the default one first."""
        return shipped.names()

    def to_json(self) -> dict[str, Any]:
        """Return it as ``Scenario`` of js/src/simulation.ts: durations in whole milliseconds."""
        return {
            "title": self.title,
            "supported": self.script.supported,
            "load": milliseconds(self.script.loads_after),
            "connect": milliseconds(self.script.connects_after),
            "timeline": [moment.to_json() for moment in self.timeline],
            "queue": self.queue.to_json(),
            "operator": self.operator.to_json(),
        }

    def __repr__(self) -> str:
        return f"Scenario({self.title!r})"

    @classmethod
    @cache  # what is shipped stays as it is, and so do scenarios: widgets may share one
    def _shipped(cls, name: str) -> Scenario:
        names = shipped.names()
        if name not in names:
            from owidget_jupyter.simulator.complaints import nearest  # only now, as below

            raise ScenarioError(
                f"no scenario {name!r}; shipped are {nearest(name, names)}, and another is "
                "given by the path of its file, such as 'mine.toml'"
            )
        file = shipped.file(name)
        return cls._from_bytes(file.read_bytes(), file.name)

    @classmethod
    def _from_bytes(cls, content: bytes, source: str) -> Scenario:
        if len(content) > LARGEST:
            raise ScenarioError(f"{source}: a scenario has at most {LARGEST} bytes")
        content = content.removeprefix(BOM_UTF8)
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise ScenarioError(f"{source}: line {line} is not UTF-8") from None
        try:
            given = msgspec.toml.decode(text)
        except RecursionError:
            raise ScenarioError(f"{source}: nested too deeply") from None
        except (msgspec.DecodeError, ValueError) as error:  # or an integer of thousands of digits
            raise ScenarioError(f"{source}: {error}") from None
        return cls._checked(given, source)

    @classmethod
    def _checked(cls, given: Mapping[str, object], source: str) -> Scenario:
        try:
            scenario = msgspec.convert(given, cls)
            check_json("a scenario", scenario.to_json())
        except msgspec.ValidationError as error:
            # Only now: few are wrong, and what looks for the right words takes its time.
            from owidget_jupyter.simulator.complaints import complaint

            raise ScenarioError(f"{source}: {complaint(error, given, cls)}") from None
        except (AttributeError, TypeError, UnicodeEncodeError) as error:
            # Half a surrogate pair, or an object that is not what it looks like.
            raise ScenarioError(f"{source}: no TOML file can hold it: {error}") from None
        for place, problem in _out_of_order(scenario.timeline):
            from owidget_jupyter.simulator.complaints import located

            raise ScenarioError(f"{source}: {located(place, problem)}")
        return scenario


def _is_path(text: str) -> bool:
    return bool(Path(text).suffix) or any(sep in text for sep in (os.sep, os.altsep) if sep)


def _out_of_order(timeline: tuple[Moment, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what is wrong with moments that are each of the right form, behind its place."""
    before = 0.0
    for index, moment in enumerate(timeline):
        if len(moment.kinds) != 1:
            found = " and ".join(moment.kinds) or "none of them"
            accepted = "exactly one of status, connection, call"
            yield ("timeline", index), f"{accepted}, not {found}"
        if moment.at < before:
            accepted = f"a time from that of the entry before it on, {before:g}"
            yield ("timeline", index, "at"), f"{accepted}, not {moment.at:g}"
        before = moment.at
