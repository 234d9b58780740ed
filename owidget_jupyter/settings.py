"""What a person may set on a widget: traits that are checked as they are assigned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from traitlets import HasTraits, TraitError, TraitType

from owidget_jupyter import validation

Value = TypeVar("Value")

ISOLATIONS = ("auto", "origin", "opaque", "none")
PLACEMENTS = ("cell", "page")


class Checked(TraitType[Value, Any]):
    """A synced trait whose every assignment goes through one function of `validation`."""

    def __init__(
        self, check: Callable[[object], Value], default: Value, *, help: str, sync: bool = True
    ) -> None:
        super().__init__(default, allow_none=default is None, help=help)
        self.tag(sync=sync)
        self._check = check

    def checked(self, value: object) -> Value | None:
        """Return what assigning a value would keep, or raise as assigning does."""
        return None if value is None and self.allow_none else self.validate(None, value)

    def validate(self, obj: object, value: object) -> Value:
        """Return the value to keep; a TraitError says what was wrong and what is right."""
        try:
            return self._check(value)
        except ValueError as error:
            raise TraitError(str(error)) from None


def _page_language(value: object) -> str:
    return "" if value == "" else validation.language("page_language", value)


class Settings(HasTraits):
    """The settings of a widget. Python alone writes them; the front ends read."""

    company_id: Checked[str | None] = Checked(
        validation.company_id,
        None,
        help="GUID of the company, as text with or without dashes or as uuid.UUID.",
    )
    preset: Checked[str | None] = Checked(
        partial(validation.name, "preset"),
        None,
        help="Name of the widget; None takes the company's default one.",
    )
    language: Checked[str | None] = Checked(
        partial(validation.language, "language"),
        None,
        help="BCP 47 tag of the widget's language; None leaves it to the page.",
    )
    scope: Checked[str | None] = Checked(
        partial(validation.name, "scope"),
        None,
        help="An active conversation is restored only in a widget with the same scope.",
    )
    host: Checked[str] = Checked(
        validation.host,
        "app.mluvii.com",
        help="Host that serves the script, with an optional port; https but on loopback.",
    )
    tenant_id: Checked[str | int | None] = Checked(
        validation.tenant_id,
        None,
        help="Tenant on a host with several (observed, not documented by the vendor).",
    )
    isolation: Checked[str] = Checked(
        lambda value: validation.choice("isolation", value, ISOLATIONS),
        "auto",
        help="What the vendor's script may reach: 'auto', 'origin', 'opaque' or 'none'.",
    )
    page_language: Checked[str | None] = Checked(
        _page_language,
        None,
        help="<html lang> of the stage; None: the notebook page's, '': none, the browser decides.",
    )
    allow_media: Checked[bool] = Checked(
        partial(validation.flag, "allow_media"),
        False,
        help="Lets the chat ask for camera, microphone, screen and clipboard.",
    )
    placement: Checked[str] = Checked(
        lambda value: validation.choice("placement", value, PLACEMENTS),
        "cell",
        help="Where the chat lives: in the 'cell', or in a corner of the notebook 'page'.",
    )
    height: Checked[int] = Checked(
        lambda value: validation.whole("height", value, 160, 4000),
        460,
        help="Height of the chat in CSS pixels, 160 to 4000.",
    )
    show_status: Checked[bool] = Checked(
        partial(validation.flag, "show_status"), True, help="Whether views show the status bar."
    )
    show_events: Checked[bool] = Checked(
        partial(validation.flag, "show_events"), True, help="Whether views list the events."
    )
    max_events: Checked[int] = Checked(
        lambda value: validation.whole("max_events", value, 1, 10_000_000),
        10_000,
        help="Most entries that event_log keeps; the oldest go first.",
        sync=False,
    )
    stage_port: Checked[int | None] = Checked(
        partial(validation.port, "stage_port"),
        None,
        help=(
            "Port of a stage's own origin, 1024 to 65535; None takes any free one. What the chat "
            "stores belongs to the port: with a fixed one it outlives the kernel, and whoever has "
            "that port later can read it."
        ),
        sync=False,
    )
    autoconnect: Checked[bool] = Checked(
        partial(validation.flag, "autoconnect"),
        True,
        help="Whether the widget connects by itself once it is initialised.",
        sync=False,
    )


#: A change of one of these takes a fresh stage: the vendor's script has no way to change them.
STAGE_SETTINGS = (
    "company_id",
    "preset",
    "language",
    "scope",
    "host",
    "tenant_id",
    "isolation",
    "page_language",
    "allow_media",
    "placement",
    "stage_port",
)


def checked_settings(values: Mapping[str, object]) -> dict[str, Any]:
    """Return what assigning these values would keep, without assigning any.

    Raises:
        TypeError: for a name that is no setting.
        TraitError: if one of them is not accepted.
    """
    traits: dict[str, Any] = Settings.class_traits()
    refuse_unknown(values, traits)
    return {name: traits[name].checked(value) for name, value in values.items()}


def refuse_unknown(given: Iterable[str], accepted: Iterable[str]) -> None:
    """Raise TypeError for a keyword that no widget has, naming those that it has."""
    accepted = frozenset(accepted)
    for keyword in given:
        if keyword in accepted:
            continue
        import difflib  # only now: importing it takes as long as making three widgets

        names = sorted(accepted)
        close = difflib.get_close_matches(keyword, names, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise TypeError(f"OWidget has no setting {keyword!r}.{hint} It has {', '.join(names)}.")
