"""Making a chat in place of another: as that one was, but for what the form says."""

from __future__ import annotations

from typing import Any

from owidget_jupyter import OWidget, Scenario
from owidget_jupyter.explorer.fields import KEPT
from owidget_jupyter.explorer.form import SIMULATOR


def make_chat(
    old: OWidget, service: str, scenario: str | Scenario, settings: dict[str, Any]
) -> OWidget:
    """Return another chat, with the settings and the number policy of an old one.

    Custom data do not go along: what was told to the simulator is not meant for the vendor.
    """
    kept = {name: getattr(old, name) for name in KEPT} | settings
    if service != SIMULATOR:
        made = OWidget(**kept)
    elif old.is_simulated:
        made = OWidget.simulated(old.company_id, scenario, **kept)
    else:  # a real company is nothing to a simulator
        made = OWidget.simulated(scenario=scenario, **kept)
    if old.number_function is not None:
        made.set_custom_number_normalization(old.number_function, fallback=old.number_policy)
    elif old.number_policy is not None:
        made.set_custom_number_normalization(old.number_policy)
    return made
