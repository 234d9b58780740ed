"""Versions of what takes part."""

from __future__ import annotations

from collections.abc import Iterator

from owidget_jupyter.diagnosis.environment import Environment
from owidget_jupyter.diagnosis.report import Finding

TOPIC = "versions"


def about_versions(environment: Environment) -> Iterator[Finding]:
    """Return all versions, of packages that are installed."""
    yield Finding(TOPIC, "owidget_jupyter", environment.own or "not installed")
    yield Finding(TOPIC, "Python", environment.python)
    packages = environment.packages.items()
    there = (f"{name} {version}" for name, version in packages if version is not None)
    yield Finding(TOPIC, "packages", ", ".join(there))
