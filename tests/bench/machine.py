"""What is measured on: the machine, and the versions of all that takes part."""

from __future__ import annotations

import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from tests.browser.harness.browser import find_chromium

PACKAGES = (
    *("owidget-jupyter", "anywidget", "ipywidgets", "traitlets"),
    *("jupyterlab", "ipykernel", "phonenumbers"),
)
PROGRAMS = {"Chromium": find_chromium, "Node": lambda: "node"}

_MODEL = re.compile(r"^model name\s*: (.*)$", re.MULTILINE)
_VERSION = re.compile(r"\d+(\.\d+)+")


def machine() -> dict[str, Any]:
    """Return processor, its MHz (None: not known), cores, bytes of memory, operating system."""
    frequency = psutil.cpu_freq()
    return {
        "processor": _processor(),
        "mhz": round(frequency.current) if frequency and frequency.current else None,
        "cores": psutil.cpu_count(),
        "memory": psutil.virtual_memory().total,
        "system": _system(),
    }


def versions() -> dict[str, str]:
    """Return the version of each package and program by its name."""
    return {
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        **{name: _version_of(find()) for name, find in PROGRAMS.items()},
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    found = _MODEL.search(described.read_text("utf-8")) if described.is_file() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def _system() -> str:
    kernel = f"{platform.system()} {platform.release()} {platform.machine()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {kernel}"
    except OSError:  # a system that is none of those
        return kernel


def _version_of(program: str) -> str:
    done = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    found = _VERSION.search(done.stdout)
    return found[0] if found else done.stdout.strip()
