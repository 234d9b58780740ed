"""What one stage is to do: a widget's settings as the message that grants a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from owidget_jupyter import validation

if TYPE_CHECKING:
    from owidget_jupyter.numbers.rules import Numbers
    from owidget_jupyter.settings import Settings
    from owidget_jupyter.simulator.simulation import Simulation


class RunComposer:
    """Composes runs, and keeps what they need: server route, custom data, number rules."""

    def __init__(self, settings: Settings, simulation: Simulation | None, numbers: Numbers) -> None:
        self._settings = settings
        self._simulation = simulation
        self._numbers = numbers
        self._route: Any = None  # a stage.server.Route: imported only when one is needed
        self._base = ""
        self._wish: tuple[object, ...] = ()  # what the route was opened for
        self._connect = False
        self.custom_data: dict[str, Any] = {}

    def compose(self, origin: str) -> dict[str, Any]:
        """Return the run for a stage on a page of that origin."""
        settings = self._settings
        server, server_problem = self._server(origin)
        return {
            "isolation": settings.isolation,
            "server": server,
            "serverProblem": server_problem,
            "simulation": self._simulation and self._simulation.to_json(),
            "script": self._script,
            "company": settings.company_id,
            "tenant": settings.tenant_id,
            "preset": settings.preset,
            "language": settings.language,
            "scope": settings.scope,
            "pageLanguage": settings.page_language,
            "media": settings.allow_media,
            "connect": self._connect or settings.autoconnect,
            "numbers": self._numbers.for_fresh_stage(),
            "customData": list(self.custom_data.items()),
        }

    @property
    def parts(self) -> tuple[str, ...]:
        """What a page is going to ask for, as far as that can be foreseen: see `errands.bring`."""
        if self.wants_origin:  # then the stage comes from the server, and with it the rest
            return ("hosting",)
        return ("hosting", "stage", "simulator") if self._simulation else ("hosting", "stage")

    def connect_from_now_on(self) -> None:
        """Have every further stage connect by itself."""
        self._connect = True

    @property
    def wants_origin(self) -> bool:
        """Whether a stage with an origin of its own is wanted where it can be had."""
        isolation = self._settings.isolation
        return isolation == "origin" or (isolation == "auto" and self._simulation is None)

    @property
    def _script(self) -> str | None:
        """Address of the vendor's script; None where the simulator stands in for it."""
        if self._simulation is not None:
            return None
        return validation.script_url(self._settings.host)

    def close(self) -> None:
        """Close the server's route, if there is one."""
        if self._route is not None:
            from owidget_jupyter.stage.server import StageServer

            StageServer.close_route(self._route)
            self._route = None

    def _server(self, origin: str) -> tuple[dict[str, str] | None, str | None]:
        if not self.wants_origin:
            self.close()
            return None, None
        # Not at the top: tornado's server and the like would burden every import of the package.
        from owidget_jupyter.stage.server import StageServer

        script, port = self._script, self._settings.stage_port
        wish = (origin, script, port)
        old = self._route
        if old is None or wish != self._wish or not StageServer.serves(old):
            self._route, self._wish = None, wish
            try:
                self._route, self._base = StageServer.open_route(
                    origin, self._numbers.desk, script=script, port=port, instead_of=old
                )
            except (ValueError, OSError) as error:
                return None, str(error)
        return {"base": self._base, "nonce": self._route.nonce}, None
