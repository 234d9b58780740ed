"""Builds the front end into the package before a wheel or an sdist is packed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = (
    "widget.js",
    "hosting.js",
    "stage.js",
    "simulator.js",
    "numbers.js",
    "diagnosis.js",
    "explorer.js",
)


class FrontEndHook(BuildHookInterface[Any]):
    """Runs the npm build; an unpacked sdist brings its result along and needs no Node."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # `make` builds the front end there
            return
        root = Path(self.root)
        static = root / "owidget_jupyter" / "static"
        unpacked_sdist = (root / "PKG-INFO").is_file()
        if not (unpacked_sdist and not missing_from(static)):
            build(root / "js", static)
        if missing := missing_from(static):
            raise RuntimeError(f"the front end's build left out {', '.join(missing)} in {static}")


def missing_from(static: Path) -> list[str]:
    return [name for name in STATIC if not (static / name).is_file()]


def build(js: Path, static: Path) -> None:
    if not (js / "package.json").is_file():
        raise RuntimeError(f"{static} is not complete, and the sources in {js} are not there")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        if not missing_from(static):
            print(f"Node.js is not there; packing the front end that {static} already holds.")
            return
        raise RuntimeError(
            "building the front end needs Node.js 20 or newer with npm; "
            "install it, or build the wheel from the sdist, which has the front end in it"
        )
    if not (js / "node_modules").is_dir():
        subprocess.run([npm, "ci"], cwd=js, check=True)
    subprocess.run([npm, "run", "build"], cwd=js, check=True)
