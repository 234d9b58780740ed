"""The fields of the settings form: each checked as one types, none applied by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import HTML, Checkbox, Combobox, Dropdown, IntText, Text, VBox, Widget
from traitlets import TraitError

from owidget_jupyter import OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import sign

#: Tags that a person may pick; any other can be typed.
LANGUAGES = ("cs", "de", "en", "es", "fr", "hu", "it", "pl", "sk", "uk")

#: Settings that the form has no field for; they are what they were.
KEPT = ("autoconnect", "max_events", "stage_port")
#: All settings of a chat.
SETTINGS = (*texts.LABELS, *KEPT)


class Field:
    """A setting in the form: its control, and below that what is wrong or has changed.

    Args:
        name: Of the setting.
        control: An ipywidget with a ``value``.
        read: Returns the setting for what the control holds.
        write: Returns what the control holds for a setting.

    Attributes:
        box: What is displayed.
        problem: The sentence that says what is wrong; None while nothing is.
    """

    def __init__(
        self,
        name: str,
        control: Widget,
        read: Callable[[Any], object] = lambda held: held,
        write: Callable[[Any], object] = lambda value: value,
    ) -> None:
        self.name = name
        self.control = control
        self._read = read
        self._write = write
        trait = OWidget.class_traits()[name]
        self._running: Any = trait.default_value
        self.problem: str | None = None
        self._note = HTML()
        control.tooltip = trait.help
        control.description = texts.LABELS[name]
        control.value = write(self._running)
        self.box = VBox([control, self._note])
        self.box.add_class("owidget-explorer-field")
        self.heard: Callable[[], None] = lambda: None
        control.observe(self._on_value, names="value")

    @property
    def given(self) -> object:
        """The setting as it is typed, right or wrong."""
        held = self.control.value
        # What runs may have no other writing than this: a tenant "7" that is a text, say.
        return self._running if held == self._write(self._running) else self._read(held)

    @property
    def value(self) -> Any:
        """The setting as it would be kept.

        Raises:
            traitlets.TraitError: for one that is not accepted.
        """
        return OWidget.check(**{self.name: self.given})[self.name]

    @property
    def edited(self) -> bool:
        """Whether it differs from what runs."""
        return self.problem is not None or self.value != self._running

    def follow(self, running: Any) -> None:
        """Take what runs now, and show it unless the person has something else there."""
        keep = self.edited
        self._running = running
        if not keep:
            self.revert()
        self._look()

    def revert(self) -> None:
        """Show what runs."""
        self.control.value = self._write(self._running)

    def put(self, value: Any) -> None:
        """Show a value, as if somebody had typed it."""
        self.control.value = self._write(value)

    def _on_value(self, _: object) -> None:
        self._look()
        self.heard()

    def _look(self) -> None:
        try:
            differs = self.value != self._running
        except TraitError as error:
            self.problem = str(error)
            self._tell(self.problem, "bad")
            return
        self.problem = None
        self._tell(self._what_runs() if differs else "", "warn")

    def _what_runs(self) -> str:
        running = self._write(self._running)
        if isinstance(running, bool):
            running = texts.YES if running else texts.NO
        return texts.RUNS_WITH.format(running) if running != "" else texts.RUNS_WITHOUT

    def _tell(self, text: str, tone: str) -> None:
        # No live region: that would chatter at every key. The form's summary is one.
        self._note.value = sign(text, tone) if text else ""
        for name in ("bad", "warn"):
            put = self.box.add_class if text and tone == name else self.box.remove_class
            put(f"owidget-explorer-{name}")


def _text(name: str, make: type[Text] = Text, **more: Any) -> Field:
    placeholder = texts.PLACEHOLDERS[name]
    control = make(continuous_update=True, placeholder=placeholder, **more)
    return Field(name, control, lambda held: held.strip() or None, lambda value: value or "")


def _host() -> Field:
    # None is no host: an emptied field is a wrong one.
    control = Text(continuous_update=True, placeholder=texts.PLACEHOLDERS["host"])
    return Field("host", control, str.strip)


def _tenant() -> Field:
    def read(held: str) -> object:
        held = held.strip()
        return int(held) if held.isascii() and held.isdigit() and len(held) < 16 else held or None

    control = Text(continuous_update=True, placeholder=texts.PLACEHOLDERS["tenant_id"])
    return Field("tenant_id", control, read, lambda value: "" if value is None else str(value))


def _page_language() -> Field:
    def read(held: str) -> object:
        return "" if held == texts.BROWSERS_LANGUAGE else held.strip() or None

    def write(value: str | None) -> str:
        return texts.BROWSERS_LANGUAGE if value == "" else value or ""

    control = Combobox(
        continuous_update=True,
        placeholder=texts.PLACEHOLDERS["page_language"],
        options=(texts.BROWSERS_LANGUAGE, *LANGUAGES),
    )
    return Field("page_language", control, read, write)


def _flag(name: str) -> Field:
    return Field(name, Checkbox(indent=False))


def make_fields() -> dict[str, Field]:
    """Return a field for each setting that the form has, by its name."""
    fields = (
        _text("company_id"),
        _host(),
        _text("preset"),
        _text("language", Combobox, options=LANGUAGES),
        _text("scope"),
        Field("isolation", Dropdown(options=texts.ISOLATIONS)),
        _tenant(),
        _page_language(),
        Field("placement", Dropdown(options=texts.PLACEMENTS)),
        Field("height", IntText(continuous_update=True)),
        _flag("allow_media"),
        _flag("show_status"),
        _flag("show_events"),
    )
    return {field.name: field for field in fields}


def names_of(fields: list[Field]) -> str:
    """Return the labels of fields as a list for people."""
    return ", ".join(texts.LABELS[field.name] for field in fields)
