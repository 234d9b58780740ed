"""The vendor's snippet as its API page has it, filled in with a widget's settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import TYPE_CHECKING, Any

from owidget_jupyter.markup import script_json, script_value
from owidget_jupyter.snippet.address import address_lines
from owidget_jupyter.snippet.numbers import number_lines, policy_script

if TYPE_CHECKING:
    from owidget_jupyter.settings import Settings
    from owidget_jupyter.simulator.simulation import Simulation

_SNIPPET = """{policy}<script type="text/javascript">
(function () {{
  var scr = document.createElement('script');
  scr.type = 'text/javascript';
  scr.async = true;
  scr.charset = 'UTF-8';
{address}
  scr.$owidgetOnLoad = function (owidget) {{
    if (!owidget.isSupported) {{
      return;
    }}
{calls}
  }};
  var ffs = document.getElementsByTagName('script')[0];
  ffs.parentNode.insertBefore(scr, ffs);
}})();
</script>"""
_CALLBACKS = """\
owidget.setStatusUpdateCallback(function (code) {
  switch (code) {
    case 0: // the button is offline
      break;
    case 1: // the button is online
      break;
    case 2: // the button is busy
      break;
  }
});
owidget.setAppEventCallback(function (e) {
  switch (e.type) {
    case 'chatWindowOpen': // the chat window was opened
      break;
    case 'chatWindowClosed': // the chat window was closed
      break;
    case 'chatSessionCreated': // the visitor waits for the operator
      break;
    case 'chatSessionStarted': // the session with the operator began
      break;
    case 'chatSessionEnded': // the session is over
      break;
  }
});"""


def snippet(
    settings: Settings,
    simulation: Simulation | None,
    numbers: dict[str, Any] | None,
    custom_data: Mapping[str, Any],
) -> str:
    """Return the snippet: the script element of the vendor, below that of a number policy.

    All of it is ASCII.

    Args:
        settings: Of the widget, with a company id.
        simulation: Of a simulated chat; None for a real one.
        numbers: The number rules as a stage is told of them; None for none.
        custom_data: What the operator is told of the visitor.
    """
    calls = [
        *_init_lines(settings),
        *_CALLBACKS.splitlines(),
        *number_lines(numbers),
        *_data_lines(custom_data),
        "owidget.connectToServer();",
    ]
    return _SNIPPET.format(
        policy=policy_script(numbers),
        address=_indented(2, address_lines(settings.host, simulation)),
        calls=_indented(4, calls),
    )


def _init_lines(settings: Settings) -> list[str]:
    company, tenant = settings.company_id, settings.tenant_id
    lines = []
    if tenant is not None:
        lines.append("// [company, tenant]: observed in public integrations, not documented.")
    if settings.language is None:
        lines += _language_lines(settings.page_language)
    args = [
        company if tenant is None else [company, tenant],
        settings.preset,
        settings.language,
        settings.scope,
    ]
    while args[-1] is None:  # trailing ones are left out, as the vendor's page has it
        args.pop()
    return [*lines, f"owidget.init({', '.join(map(script_json, args))});"]


def _language_lines(page_language: str | None) -> list[str]:
    lines = ["// The language is that of the page's html element (lang), or else the browser's."]
    if page_language:
        lines.append(f"// Here lang={script_json(page_language)} is meant.")
    elif page_language == "":
        lines.append("// Here none is meant, so that the browser's language decides.")
    return lines


def _data_lines(custom_data: Mapping[str, Any]) -> list[str]:
    if not custom_data:
        return []
    return [
        "// Data of the visitor: observed in public integrations, not documented.",
        *(
            f"owidget.addCustomData({script_json(name)}, {script_value(value)});"
            for name, value in custom_data.items()
        ),
    ]


def _indented(columns: int, lines: Iterable[str]) -> str:
    return indent("\n".join(lines), " " * columns)
