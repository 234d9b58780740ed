"""The wheel alone, in an environment of its own, without Node."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from .conftest import NewPage
from .harness import Lab, Notebook

ROOT = Path(__file__).parents[2]
STATIC = (
    *("widget.js", "hosting.js", "stage.js"),
    *("simulator.js", "numbers.js", "diagnosis.js", "card.js", "explorer.js"),
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `make build` does: from the sdist."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT))
    (built,) = out.glob("*.whl")
    return built


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def constraints(folder: Path) -> Path:
    """Return the locked versions without their hashes: a wheel just built has none."""
    locked = (ROOT / "locks" / "dev.txt").read_text("utf-8")
    pins = re.findall(r"^(\S+==\S+(?: ; [^\\]+)?)", locked, re.MULTILINE)
    path = folder / "constraints.txt"
    path.write_text("\n".join(pin.strip() for pin in pins), "utf-8")
    return path


def test_wheel_holds_the_built_front_end_and_no_sources(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    assert {f"owidget_jupyter/static/{name}" for name in STATIC} <= set(names)
    assert "owidget_jupyter/py.typed" in names
    assert [name for name in names if name.endswith("/THIRD-PARTY.txt")], "licences come along"
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "owidget_jupyter"
    }


def test_wheel_displays_the_widget_in_an_empty_environment_without_node(
    wheel: Path, new_page: NewPage, tmp_path: Path
) -> None:
    empty = tmp_path / "env"
    venv.create(empty, with_pip=True)
    python = empty / "bin" / "python"
    run(
        *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("-c", str(constraints(tmp_path)), str(wheel), "jupyterlab", "ipykernel"),
    )
    without_node = {"PATH": str(empty / "bin"), "PYTHONPATH": ""}
    assert shutil.which("node", path=without_node["PATH"]) is None

    with Lab(tmp_path / "lab", python=python, env=without_node) as lab:
        path = lab.write(
            "wheel.ipynb",
            ["from owidget_jupyter import OWidget\nchat = OWidget.simulated()\nchat"],
        )
        nb = Notebook(lab, new_page(), path.name).open()
        nb.run_all()
        nb.until("chat.state == 'connected'")
        assert nb.py("chat.active_isolation") == "opaque"
        assert str(empty) in nb.py("__import__('owidget_jupyter').__file__")
        nb.stage().locator("[data-part=button]").wait_for()
        nb.page.close()  # before its server goes
