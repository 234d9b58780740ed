"""What every section of the panel is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Protocol

from ipywidgets import HTML, Box, Button, Checkbox, HBox, VBox, Widget

from owidget_jupyter.explorer import texts

#: A shape for each tone, so that nothing depends on colour.
SHAPES = {"good": "✓", "bad": "✕", "warn": "●", "": ""}


class Says(Protocol):
    """What a sentence is shown by."""

    def say(self, text: str, tone: str = "") -> None:
        """Show it in place of the one before."""


def sign(text: str, tone: str, shape: str | None = None) -> str:
    """Return a text with a shape, that of its tone where none is given, as markup."""
    shown = SHAPES[tone] if shape is None else shape
    mark = f'<span aria-hidden="true">{shown}</span> ' if shown else ""
    return f'<span class="owidget-explorer-sign" data-tone="{tone}">{mark}{escape(text)}</span>'


class Notice(HTML):
    """A sentence that is announced when it changes: what came of a press, or what is wrong.

    It is synced, and so never says anything personal.
    """

    def __init__(self) -> None:
        super().__init__()
        self.add_class("owidget-explorer-notice")
        self.say("")

    def say(self, text: str, tone: str = "") -> None:
        """Show it in place of the one before; "" for none."""
        role = "alert" if tone == "bad" else "status"
        self.value = f'<div role="{role}">{sign(text, tone) if text else ""}</div>'


def describe(error: BaseException) -> str:
    """Return an error as a sentence for people."""
    if isinstance(error, KeyError) and error.args:  # its text is the repr of what is not there
        return texts.MISSING.format(*error.args)
    return str(error) or type(error).__name__


def pressed(says: Says, act: Callable[[], object]) -> Callable[..., None]:
    """Return what a button does: what goes wrong is said in its place, and not in a log."""

    def press(*_: object) -> None:
        says.say("")
        try:
            act()
        except Exception as error:
            says.say(describe(error), "bad")

    return press


def button(text: str, says: Says, act: Callable[[], object], **more: Any) -> Button:
    """Return a button; see `pressed`."""
    made = Button(description=text, layout={"width": "auto"}, **more)
    made.on_click(pressed(says, act))
    return made


def check(text: str, value: bool = False) -> Checkbox:
    """Return a box to tick."""
    return Checkbox(description=text, value=value, indent=False, layout={"width": "auto"})


def row(*widgets: Widget) -> HBox:
    """Return widgets beside each other, and below where there is no room."""
    made = HBox(widgets)
    made.add_class("owidget-explorer-row")
    return made


def columns(*widgets: Widget) -> HBox:
    """Return boxes beside each other, of the same height, and below where there is no room."""
    made = row(*widgets)
    made.add_class("owidget-explorer-columns")
    return made


def card(*widgets: Widget) -> VBox:
    """Return widgets below each other, with a frame around them."""
    made = VBox(widgets)
    made.add_class("owidget-explorer-card")
    return made


def note(text: str) -> HTML:
    """Return a remark."""
    made = HTML(f"<p>{escape(text)}</p>")
    made.add_class("owidget-explorer-note")
    return made


def well_formed(text: str) -> str:
    """Return a text without half surrogate pairs, which no message to a page can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as markup; its cells are markup already."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return well_formed(
        f'<div class="owidget-explorer-table" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def close_all(widget: Widget, spare: Widget | None) -> None:
    """Close a widget with all that it is made of, but for one."""
    if widget is spare:
        return
    for child in widget.children if isinstance(widget, Box) else ():
        close_all(child, spare)
    for name in ("layout", "style"):
        if widget.has_trait(name):
            getattr(widget, name).close()
    widget.close()
