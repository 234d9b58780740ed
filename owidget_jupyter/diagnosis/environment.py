"""What the kernel knows of where it runs: versions, and which notebook it serves."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from owidget_jupyter import waiting

#: Looked up in their metadata: importing one to ask for its version would change what is asked.
PACKAGES = (
    "anywidget",
    "ipywidgets",
    "traitlets",
    "ipykernel",
    "jupyter_client",
    "comm",
    "phonenumbers",
)


@dataclass(frozen=True)
class Environment:
    """Where the kernel runs.

    Attributes:
        own: Version of this package; None in a source tree that is not installed.
        python: Python's version, and the system's name.
        packages: Version by name; None for what is not installed.
        host: The notebook application as far as the kernel can tell, or None.
        hub: Whether a JupyterHub started it.
        obstacle: Why awaiting does not work here, or None.
    """

    own: str | None
    python: str
    packages: dict[str, str | None]
    host: str | None
    hub: bool
    obstacle: str | None


def look_around() -> Environment:
    """Return what is to be known now."""
    return Environment(
        own=_version("owidget_jupyter"),
        python=f"{platform.python_version()} on {platform.system() or 'an unknown system'}",
        packages={name: _version(name) for name in PACKAGES},
        host=_host(),
        hub="JUPYTERHUB_API_URL" in os.environ,
        obstacle=waiting.obstacle(displayed=True),
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _host() -> str | None:
    """Return the notebook application; JupyterLab and Notebook name themselves in their pages."""
    if waiting.in_marimo():
        return f"marimo {_version('marimo') or ''}".strip()
    software = os.environ.get("SERVER_SOFTWARE", "")
    if software.lower().startswith("voila"):
        return f"Voilà {software.partition('/')[2]}".strip()
    if "google.colab" in sys.modules:
        return "Colab"
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    # VS Code leaves the notebook's path under this name; the path itself is nobody's business.
    if shell is not None and "__vsc_ipynb_file__" in shell.user_ns:
        return "VS Code"
    return None
