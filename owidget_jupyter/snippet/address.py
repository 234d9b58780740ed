"""Where a snippet loads the script from: the vendor's host, or the simulator's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from owidget_jupyter.simulator.simulation import Simulation

#: Where the simulator's host is in a simulated chat's snippet: the port of the documentation's.
SIMULATOR_PORT = 8123


def address_lines(host: str, simulation: Simulation | None) -> list[str]:
    """Return the line that sets the script's address, below what is to be said of it.

    The address is protocol-relative, as the vendor's page has it.

    Args:
        host: The widget's, which a simulated one does not ask.
        simulation: Of a simulated chat; None for a real one.
    """
    address = f"//{host}/widget/OOWidget.js"
    if simulation is None:
        return [f"scr.src = '{address}';"]
    from owidget_jupyter.simulator.shipped import DEFAULT

    name = _shipped_name(simulation)
    command = f"python -m owidget_jupyter.simulator --port {SIMULATOR_PORT}"
    if simulation.speed != 1:
        command += " --speed " + repr(simulation.speed).removesuffix(".0")
    if name is None:
        command += " --scenario FILE"
    query = f"?scenario={name}" if name not in (None, DEFAULT) else ""
    return [
        "// The simulator, not the real service. This starts its host on your machine:",
        f"//   {command}",
        *(["// FILE is the TOML file of your own scenario."] if name is None else []),
        f"// The real service is at '{address}', with a company id of its own.",
        f"scr.src = '//localhost:{SIMULATOR_PORT}/widget/OOWidget.js{query}';",
    ]


def _shipped_name(simulation: Simulation) -> str | None:
    from owidget_jupyter.simulator.scenario import Scenario  # only now: it loads a lot

    shipped = (name for name in Scenario.names() if Scenario.load(name) == simulation.scenario)
    return next(shipped, None)
