"""One thing that a hostile script tries, and how it is judged from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .scene import Scene

#: Looks from outside whether it came about, under one isolation: nothing that the script says.
Witness = Callable[["Scene", str], bool]


@dataclass(frozen=True)
class Attempt:
    """What is tried, by a small asynchronous function of the script's own.

    The function returns what it got as a text, or nothing where it cannot tell; what is refused
    throws. With a `secret` it succeeded if the text has it; with a `witness` if that saw it.

    Attributes:
        name: How tests and artefacts call it.
        tries: How people call it.
        js: The function's body; `F` has the facts that a well-informed attacker could have.
        why: What decides, in words.
        secret: Name of the scene's secret that has to be in what it got.
        witness: Who has to have seen it.
        media: Whether the chat is to have `allow_media=True`.
        even_none: Whether it is prevented even without any isolation; all else must succeed
            there, or the test would not see an attempt that succeeds.
    """

    name: str
    tries: str
    js: str
    why: str
    secret: str | None = None
    witness: Witness | None = None
    media: bool = False
    even_none: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt.

    Attributes:
        said: What the script says of it: "yes: what it got", "refused: why" or "tried".
        possible: Whether it succeeded.
    """

    said: str
    possible: bool
