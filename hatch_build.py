"""Builds the front end into the package before it is packed, and weighs the wheel afterwards."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: What may weigh how much at most; `js/build.mjs` holds the bundles against the same file.
BUDGETS = "budgets.json"
STATIC = "owidget_jupyter/static/"


class FrontEndHook(BuildHookInterface[Any]):
    """Runs the npm build; an unpacked sdist brings its result along and needs no Node."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # `make` builds the front end there
            return
        root = Path(self.root)
        unpacked_sdist = (root / "PKG-INFO").is_file()
        if not (unpacked_sdist and not missing_from(root)):
            build(root)
        if missing := missing_from(root):
            raise RuntimeError(f"the front end's build left out {', '.join(missing)}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        wheel = Path(artifact_path)
        if problems := problems_of(wheel, budgets(Path(self.root))):
            wheel.unlink()  # none is better than one that is not as it is said to be
            raise RuntimeError("\n".join([f"{wheel.name} was not kept:", *problems]))


def budgets(root: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((root / BUDGETS).read_text("utf-8"))
    return read


def problems_of(wheel: Path, budgets: Mapping[str, Any]) -> list[str]:
    """Return a sentence for the wheel and for each file in it that weighs too much."""
    size, most = wheel.stat().st_size, budgets["wheel"]
    with ZipFile(wheel) as packed:
        sizes = {each.filename: each.file_size for each in packed.infolist()}
    heavy = [f"{wheel.name} is {size:,} bytes; the budget is {most:,}."] if size > most else []
    return heavy + exceeded(sizes, budgets["files"])


def exceeded(sizes: Mapping[str, int], budgets: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each budget that is exceeded, and for each file without one.

    Python's sources have none but the wheel's.
    """
    sizes = {name: size for name, size in sizes.items() if not name.endswith(".py")}
    problems, budgeted = [], set()
    for what, budget in budgets.items():
        found = [name for name in sizes if any(fnmatchcase(name, each) for each in budget["files"])]
        budgeted.update(found)
        total, most = sum(sizes[name] for name in found), budget["bytes"]
        if total > most:
            parts = " + ".join(f"{name} {sizes[name]:,}" for name in found)
            problems.append(f"{what}: {parts} is {total:,} bytes; the budget is {most:,}.")
    without = [name for name in sizes if name not in budgeted]
    return problems + [f"{name}, {sizes[name]:,} bytes, has no budget." for name in without]


def missing_from(root: Path) -> list[str]:
    """Return the bundles that are not there, by their paths."""
    wanted = (name for budget in budgets(root)["files"].values() for name in budget["files"])
    return [name for name in wanted if name.startswith(STATIC) and not (root / name).is_file()]


def build(root: Path) -> None:
    js = root / "js"
    if not (js / "package.json").is_file():
        raise RuntimeError(f"{STATIC} is not complete, and the sources in {js} are not there")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        if not missing_from(root):
            print(f"Node.js is not there; packing the front end that {STATIC} already holds.")
            return
        raise RuntimeError(
            "building the front end needs Node.js 20 or newer with npm; "
            "install it, or build the wheel from the sdist, which has the front end in it"
        )
    if not (js / "node_modules").is_dir():
        subprocess.run([npm, "ci"], cwd=js, check=True)
    subprocess.run([npm, "run", "build"], cwd=js, check=True)
