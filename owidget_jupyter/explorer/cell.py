"""The Python cell that makes a chat anew."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from owidget_jupyter import OWidget, Scenario
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.fields import SETTINGS
from owidget_jupyter.explorer.form import name_of_scenario


def python_cell(chat: OWidget, *, custom_data: bool = False) -> str:
    """Return code that makes a chat with the settings of another, the default ones left out.

    A number policy goes along, and so do clock and scenario of a simulated chat. A Python function
    for phone numbers cannot: a comment names it.

    Args:
        chat: Whose settings they are.
        custom_data: Whether the data of `add_custom_data` go along; they may be personal.

    Example:
        >>> print(python_cell(OWidget.simulated(preset="sales")))
        from owidget_jupyter import OWidget
        <BLANKLINE>
        chat = OWidget.simulated(preset='sales')
        chat
    """
    policy = chat.number_policy
    names = "OWidget" if policy is None else "NumberPolicy, OWidget"
    lines = [f"from owidget_jupyter import {names}", "", *_making(chat)]
    if policy is not None:
        lines.append(f"chat.set_custom_number_normalization({policy!r})")
    if chat.number_function is not None:
        name = getattr(chat.number_function, "__name__", type(chat.number_function).__name__)
        lines.append(texts.CELL_FUNCTION.format(name))
    if custom_data:
        lines += [f"chat.add_custom_data({n!r}, {v!r})" for n, v in chat.custom_data.items()]
    return "\n".join([*lines, *_clock(chat), "chat"])


def _making(chat: OWidget) -> list[str]:
    given = {
        name: getattr(chat, name)
        for name, default in _defaults(chat).items()
        if getattr(chat, name) != default
    }
    if chat.is_simulated:
        given |= _scenario(chat.operator.scenario)
    made = "OWidget.simulated" if chat.is_simulated else "OWidget"
    args = [f"{name}={value!r}" for name, value in given.items()]
    line = f"chat = {made}({', '.join(args)})"
    if len(line) <= 88:
        return [line]
    return [f"chat = {made}(", *(f"    {arg}," for arg in args), ")"]


def _defaults(chat: OWidget) -> dict[str, Any]:
    """Return what each setting is where it is left out."""
    traits = OWidget.class_traits()
    defaults = {name: traits[name].default_value for name in SETTINGS}
    if chat.is_simulated:
        made_up = inspect.signature(OWidget.simulated).parameters["company_id"].default
        defaults["company_id"] = made_up
    return defaults


def _scenario(scenario: Scenario) -> dict[str, object]:
    known = name_of_scenario(scenario)
    if isinstance(known, str):
        return {} if known == Scenario.names()[0] else {"scenario": known}
    # One of somebody's own: as the mapping that its file would hold.
    usual = msgspec.to_builtins(Scenario(scenario.title))
    own = msgspec.to_builtins(scenario)
    return {
        "scenario": {
            key: value for key, value in own.items() if key == "title" or value != usual[key]
        }
    }


def _clock(chat: OWidget) -> list[str]:
    if not chat.is_simulated or chat.operator.clock.speed == 1:
        return []
    speed = chat.operator.clock.speed
    return [f"chat.operator.clock.{f'fast({speed!r})' if speed else 'stepped()'}"]
