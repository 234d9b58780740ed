"""The settings form: what a chat is to be like, before it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import Button, Dropdown, RadioButtons, VBox

from owidget_jupyter import OWidget, Scenario
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.fields import Field, make_fields

SIMULATOR, REAL = "simulator", "real"
#: Those that a simulated chat makes nothing of.
OF_THE_SERVICE = ("company_id", "host")
BELOW_MORE = (
    *("tenant_id", "page_language", "placement", "height"),
    *("show_status", "show_events", "allow_media"),
)
#: Those whose change takes no fresh stage.
OF_THE_VIEW = ("height", "show_status", "show_events")


class SettingsForm:
    """Fields for the settings of a chat, with what runs behind them.

    Attributes:
        box: What is displayed.
        fields: All of them, by the name of their setting.
        heard: Called when something in it has changed.
    """

    def __init__(self) -> None:
        self.heard: Callable[[], None] = lambda: None
        self.fields = make_fields()
        self._chat: OWidget | None = None
        self._scenario_of_chat: str | Scenario | None = None
        self._following = False
        self._service = RadioButtons(options=texts.SERVICES, description=texts.SERVICE)
        self._scenario = Dropdown(options=Scenario.names(), description=texts.SCENARIO)
        # No Accordion: nobody opens that by keyboard.
        self._below = VBox([self.fields[name].box for name in BELOW_MORE])
        self._below.layout.display = "none"
        self._below.add_class("owidget-explorer-form")
        self._more = Button(description=texts.MORE, layout={"width": "auto"})
        self._more.add_class("owidget-explorer-more")
        self._more.on_click(self._on_more)
        for wide in (
            *(self._service, self.fields["company_id"].box, self.fields["isolation"].box),
            *(self._more, self._below, self.fields["allow_media"].box),
        ):
            wide.add_class("owidget-explorer-wide")
        shown = [field.box for name, field in self.fields.items() if name not in BELOW_MORE]
        self.box = VBox([self._service, self._scenario, *shown, self._more, self._below])
        self.box.add_class("owidget-explorer-form")
        for control in (self._service, self._scenario):
            control.observe(self._on_service, names="value")
        for field in self.fields.values():
            field.heard = self._on_field

    @property
    def service(self) -> str:
        """``"simulator"`` or ``"real"``, as chosen."""
        return str(self._service.value)

    @service.setter
    def service(self, service: str) -> None:
        self._service.value = service

    @property
    def scenario(self) -> str | Scenario:
        """The scenario of the simulator, as chosen."""
        chosen: str | Scenario = self._scenario.value
        return chosen

    @scenario.setter
    def scenario(self, scenario: str | Scenario) -> None:
        self._scenario.value = scenario

    @property
    def in_use(self) -> list[Field]:
        """The fields that the chosen service makes something of."""
        left_out = OF_THE_SERVICE if self.service == SIMULATOR else ()
        return [field for name, field in self.fields.items() if name not in left_out]

    @property
    def wrong(self) -> list[Field]:
        """The fields whose value is not accepted."""
        return [field for field in self.in_use if field.problem is not None]

    @property
    def edited(self) -> list[Field]:
        """The fields that differ from what runs."""
        return [field for field in self.in_use if field.edited]

    @property
    def needs_another(self) -> list[str]:
        """What was chosen that takes another chat: the labels of service and scenario."""
        if self.service != self._service_of_chat:
            return [texts.SERVICE]
        if self.service == SIMULATOR and self.scenario != self._scenario_of_chat:
            return [texts.SCENARIO]
        return []

    @property
    def settings(self) -> dict[str, Any]:
        """What the fields say, as it would be kept.

        Raises:
            traitlets.TraitError: if one of them is not accepted.
        """
        return {field.name: field.value for field in self.in_use}

    def follow(self, chat: OWidget) -> None:
        """Go by another chat, and show what that has, whatever was edited."""
        self._chat = chat
        simulated = chat.is_simulated
        self._scenario_of_chat = name_of_scenario(chat.operator.scenario) if simulated else None
        self._following = True
        try:
            self._offer_scenarios()
            for field in self.fields.values():
                self.follow_setting(field.name)
            self._revert()
        finally:
            self._following = False
        self._show_service()
        self.heard()

    def follow_setting(self, name: str) -> None:
        """Take a setting of the chat that may have changed."""
        field = self.fields[name]
        of_service = name in OF_THE_SERVICE and self._service_of_chat == SIMULATOR
        default = OWidget.class_traits()[name].default_value
        field.follow(default if of_service else getattr(self._chat, name))

    def revert(self) -> None:
        """Show what runs."""
        self._revert()
        self.heard()

    def _revert(self) -> None:
        self._service.value = self._service_of_chat
        if self._scenario_of_chat is not None:
            self._scenario.value = self._scenario_of_chat
        for field in self.fields.values():
            field.revert()

    @property
    def _service_of_chat(self) -> str:
        return SIMULATOR if self._chat is None or self._chat.is_simulated else REAL

    def _offer_scenarios(self) -> None:
        """Have the chat's own scenario among the choices, and keep what is chosen."""
        chosen, own = self._scenario.value, self._scenario_of_chat
        options: list[tuple[str, str | Scenario]] = [(name, name) for name in Scenario.names()]
        if isinstance(own, Scenario):
            options.append((texts.SCENARIO_OF_CHAT.format(own.title), own))
        if options == list(self._scenario.options):
            return
        self._scenario.options = options
        if any(chosen == value for _, value in options):
            self._scenario.value = chosen

    def _on_more(self, _: object) -> None:
        hidden = self._below.layout.display == "none"
        self._below.layout.display = None if hidden else "none"
        self._more.description = texts.LESS if hidden else texts.MORE

    def _on_service(self, _: object) -> None:
        self._show_service()
        self._on_field()

    def _on_field(self) -> None:
        if not self._following:
            self.heard()

    def _show_service(self) -> None:
        simulated = self.service == SIMULATOR
        self._scenario.layout.display = None if simulated else "none"
        for name in OF_THE_SERVICE:
            self.fields[name].box.layout.display = "none" if simulated else None


def name_of_scenario(scenario: Scenario) -> str | Scenario:
    """Return the name of a scenario that is shipped, and any other as it is."""
    for name in Scenario.names():
        if Scenario.load(name) == scenario:
            return name
    return scenario
