"""What a scenario is made of, as its file has it; each part knows its JSON for the page.

All durations are in seconds here and in milliseconds there. What a description says is what a
person is told who wrote something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from owidget_jupyter.simulator.people import STATUS_WORDS
from owidget_jupyter.simulator.simulation import milliseconds

Seconds = Annotated[float, Meta(ge=0, le=86_400, description="a number of seconds from 0 to 86400")]
#: Longest text that anybody says, in characters.
LONGEST = 1_000

_BY_LANGUAGE = (
    'one for each language by its two or three small letters: {en = "Hello", cs = "Dobrý den"}'
)
_Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}\Z")]
_Languages = Meta(min_length=1, max_length=50)
Text = Annotated[
    str,
    Meta(min_length=1, max_length=LONGEST, description=f"a text of 1 to {LONGEST} characters"),
]
Word = Annotated[
    str,
    # Without a letter or digit it would be in no message: all else is passed over there.
    Meta(max_length=100, pattern=r"[^\W_]", description="a word of at most 100 characters"),
]
Words = Annotated[
    Text | Annotated[Mapping[_Language, Text], _Languages],
    Meta(description=f"a text of 1 to {LONGEST} characters, or {_BY_LANGUAGE}"),
]
_MaybeEmpty = Annotated[str, Meta(max_length=LONGEST)]
Greeting = Annotated[
    _MaybeEmpty | Annotated[Mapping[_Language, _MaybeEmpty], _Languages],
    Meta(description=f"a text of at most {LONGEST} characters, or {_BY_LANGUAGE}"),
]
YesOrNo = Annotated[bool, Meta(description="true or false")]


def entries(most: int, table: str) -> str:
    """Return what is accepted where TOML has a table for each entry."""
    return f"at most {most} entries, each under a [[{table}]] of its own"


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a scenario: it never changes, and knows no other keys than its own."""


class Script(Part, frozen=True):
    """How the script itself behaves.

    Attributes:
        supported: What ``isSupported`` says.
        loads_after: From the script's evaluation to ``$owidgetOnLoad``.
        connects_after: From ``connectToServer`` to the first status code.
    """

    supported: YesOrNo = True
    loads_after: Seconds = 0.0
    connects_after: Seconds = 0.0


class Moment(Part, frozen=True):
    """What happens by itself; exactly one of `status`, `connection` and `call` is given.

    Attributes:
        at: Since the first status code; a status at 0 is that one.
        status: The button's status from then on.
        connection: Whether the server is lost or back from then on.
        call: A function ``$owidget.<call>()`` of the page, which is called as an admin's rule
            would.
    """

    at: Seconds
    status: (
        Annotated[
            Literal["offline", "online", "busy"],
            Meta(description="one of 'offline', 'online', 'busy'"),
        ]
        | None
    ) = None
    connection: Annotated[Literal["lost", "back"], Meta(description="'lost' or 'back'")] | None = (
        None
    )
    call: (
        Annotated[
            str,
            Meta(
                pattern=r"^_(?!_)[A-Za-z0-9_$]{1,99}\Z",
                description='the name of a function of the page, with one "_" at its beginning, '
                "such as '_offerHelp'",
            ),
        ]
        | None
    ) = None

    @property
    def kinds(self) -> list[str]:
        """Which of the three are given."""
        return [
            name for name in ("status", "connection", "call") if getattr(self, name) is not None
        ]

    def to_json(self) -> dict[str, Any]:
        """Return it as ``Moment`` of js/src/simulation.ts."""
        at = milliseconds(self.at)
        if self.status is not None:
            return {"at": at, "status": STATUS_WORDS[self.status]}
        if self.connection is not None:
            return {"at": at, "connection": self.connection}
        return {"at": at, "call": self.call}


class Queue(Part, frozen=True):
    """Who waits before the visitor.

    Attributes:
        ahead: How many people.
        each: Until one of them has been served.
    """

    ahead: Annotated[int, Meta(ge=0, le=99, description="a whole number from 0 to 99")] = 0
    each: Seconds = 4.0

    def to_json(self) -> dict[str, Any]:
        """Return it as ``Scenario["queue"]`` of js/src/simulation.ts."""
        return {"ahead": self.ahead, "each": milliseconds(self.each)}


class Reply(Part, frozen=True):
    """An answer to certain words.

    Attributes:
        to: Any of these in the message, case and accents aside.
        say: What is said then.
    """

    to: Annotated[
        tuple[Word, ...],
        Meta(min_length=1, max_length=50, description='1 to 50 words, such as ["price", "cost"]'),
    ]
    say: Words

    def to_json(self) -> dict[str, Any]:
        """Return it as one of ``operator.replies`` of js/src/simulation.ts."""
        return {"to": list(self.to), "say": _words(self.say)}


class Saying(Part, frozen=True):
    """What the operator says by itself.

    Attributes:
        after: Since it joined.
        say: What is said then.
    """

    after: Seconds
    say: Words

    def to_json(self) -> dict[str, Any]:
        """Return it as one of ``operator.says`` of js/src/simulation.ts."""
        return {"after": milliseconds(self.after), "say": _words(self.say)}


class ScriptedOperator(Part, frozen=True):
    """The operator who is there until Python plays it.

    Attributes:
        comes: Whether it ever accepts.
        name: None: the language's word for an operator.
        accepts_after: Once nobody waits before the visitor.
        thinks: From a visitor's message to the first key.
        types: How long it is seen typing before each line.
        greeting: None: the language's own; ``""``: says none.
        answers: In turn, round and round; empty: the language's own.
        replies: Looked at before `answers`.
        says: What it says by itself.
        leaves_after: Ends the chat so long after joining; None: does not.
        leaves_on_goodbye: Whether it ends the chat when the visitor takes leave.
    """

    comes: YesOrNo = True
    name: Words | None = None
    accepts_after: Seconds = 1.2
    thinks: Seconds = 0.4
    types: Seconds = 0.8
    greeting: Greeting | None = None
    answers: Annotated[
        tuple[Words, ...], Meta(max_length=100, description="a list of at most 100 texts")
    ] = ()
    replies: Annotated[
        tuple[Reply, ...],
        Meta(max_length=100, description=entries(100, "operator.replies")),
    ] = ()
    says: Annotated[
        tuple[Saying, ...],
        Meta(max_length=100, description=entries(100, "operator.says")),
    ] = ()
    leaves_after: Seconds | None = None
    leaves_on_goodbye: YesOrNo = True

    def to_json(self) -> dict[str, Any]:
        """Return it as ``Scenario["operator"]`` of js/src/simulation.ts."""
        leave = self.leaves_after
        return {
            "comes": self.comes,
            "name": None if self.name is None else _words(self.name),
            "accept": milliseconds(self.accepts_after),
            "think": milliseconds(self.thinks),
            "type": milliseconds(self.types),
            "greeting": None if self.greeting is None else _words(self.greeting),
            "answers": [_words(answer) for answer in self.answers],
            "replies": [reply.to_json() for reply in self.replies],
            "says": [saying.to_json() for saying in self.says],
            "leave": None if leave is None else milliseconds(leave),
            "leaveOnGoodbye": self.leaves_on_goodbye,
        }


def _words(given: str | Mapping[str, str]) -> str | dict[str, str]:
    """Return a text, or one for each language, as ``Words`` of js/src/simulation.ts."""
    return given if isinstance(given, str) else dict(given)
