"""Everything that is shipped has a budget, and whatever outgrows it fails the build."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from hatch_build import FrontEndHook, budgets, exceeded, missing_from

ROOT = Path(__file__).parents[2]
STATIC = "owidget_jupyter/static/"

#: Weighs as the front end's build does.
WEIGH = """
import { readFileSync } from "node:fs";
import { budgetsBelow, weigh } from "./js/budgets.mjs";
const { sizes, budgets, folder } = JSON.parse(readFileSync(0, "utf8"));
const { problems } = weigh(new Map(Object.entries(sizes)), budgetsBelow(folder, budgets));
process.stdout.write(JSON.stringify(problems));
"""
TWO = {"core": {"bytes": 2_000, "files": [f"{STATIC}a.js", f"{STATIC}a.css"]}}


def weigh(sizes: dict[str, int]) -> list[str]:
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", WEIGH],
        input=json.dumps({"sizes": sizes, "budgets": TWO, "folder": STATIC}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return list(json.loads(done.stdout))


def shipped() -> dict[str, int]:
    """Return the size of each file of the package that is no code in Python."""
    files = (path for path in (ROOT / "owidget_jupyter").rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT).as_posix(): path.stat().st_size
        for path in files
        if path.suffix not in {".py", ".pyc"}
    }


def test_every_shipped_file_has_a_budget_and_keeps_it():
    assert len(shipped()) > 15
    assert exceeded(shipped(), budgets(ROOT)["files"]) == []


def test_every_bundle_is_built_and_is_missed_when_it_is_not(tmp_path):
    assert missing_from(ROOT) == []
    (tmp_path / "budgets.json").write_text((ROOT / "budgets.json").read_text("utf-8"), "utf-8")
    built = {path.name for path in (ROOT / STATIC).iterdir()}
    assert {Path(name).name for name in missing_from(tmp_path)} == built


def test_files_that_keep_their_budget_are_no_problem():
    assert exceeded({f"{STATIC}a.js": 1_500, f"{STATIC}a.css": 500}, TWO) == []
    assert weigh({"a.js": 1_500, "a.css": 500}) == []


def test_what_is_too_heavy_is_named_with_its_size_and_its_budget():
    parts = "a.js 1,500 + {}a.css 501 is 2,001 bytes; the budget is 2,000."
    assert exceeded({f"{STATIC}a.js": 1_500, f"{STATIC}a.css": 501}, TWO) == [
        f"core: {STATIC}{parts.format(STATIC)}"
    ]
    assert weigh({"a.js": 1_500, "a.css": 501}) == [f"core: {parts.format('')}"]


def test_a_file_without_a_budget_is_a_problem():
    sizes = {"a.js": 1, "a.css": 1, "b.js": 1_234}
    assert weigh(sizes) == ["b.js, 1,234 bytes, has no budget."]
    below = {f"{STATIC}{name}": size for name, size in sizes.items()}
    assert exceeded(below, TWO) == [f"{STATIC}b.js, 1,234 bytes, has no budget."]


def test_a_budget_without_its_bundle_is_a_problem():
    assert weigh({"a.js": 1}) == ['a.css of the budget "core" is not built.']


def finished(root: Path, wheel: Path, target: str = "wheel") -> None:
    """Have the hook look at what was built; `root` has the budgets."""
    none: Any = None
    hook = FrontEndHook(str(root), {}, none, none, str(wheel.parent), target)
    hook.finalize("standard", {}, str(wheel))


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel with a bundle of 2,001 bytes, and code in Python of any size."""
    path = tmp_path / "some.whl"
    with ZipFile(path, "w") as packed:
        packed.writestr(f"{STATIC}a.js", "a" * 2_001)
        packed.writestr("owidget_jupyter/big.py", "a" * 20_000)
    return path


def test_a_wheel_that_is_too_heavy_is_not_kept_and_says_why(tmp_path, wheel):
    size = wheel.stat().st_size
    (tmp_path / "budgets.json").write_text(json.dumps({"wheel": size - 1, "files": TWO}), "utf-8")
    finished(tmp_path, wheel, "sdist")
    with pytest.raises(RuntimeError) as raised:
        finished(tmp_path, wheel)
    assert str(raised.value).splitlines() == [
        "some.whl was not kept:",
        f"some.whl is {size:,} bytes; the budget is {size - 1:,}.",
        f"core: {STATIC}a.js 2,001 is 2,001 bytes; the budget is 2,000.",
    ]
    assert not wheel.exists()


def test_a_wheel_within_its_budgets_is_kept(tmp_path, wheel):
    roomy = {"core": {**TWO["core"], "bytes": 2_001}}
    allowed = {"wheel": wheel.stat().st_size, "files": roomy}
    (tmp_path / "budgets.json").write_text(json.dumps(allowed), "utf-8")
    finished(tmp_path, wheel)
    assert wheel.is_file()
