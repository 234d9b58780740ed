from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from owidget_jupyter.diagnosis.environment import PACKAGES, look_around


def test_versions_come_from_metadata_and_nothing_is_imported_for_them():
    code = (
        "import sys; from owidget_jupyter.diagnosis.environment import look_around\n"
        "around = look_around()\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "print(around.packages['phonenumbers'], around.own)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    version, own = done.stdout.split()
    assert version[0].isdigit()
    assert own[0].isdigit()


def test_making_a_widget_imports_none_of_it():
    code = (
        "import sys; from owidget_jupyter import OWidget; OWidget.simulated()\n"
        "print([name for name in sys.modules if name.startswith('owidget_jupyter.diagnosis.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_package_that_is_not_there_is_none(monkeypatch):
    monkeypatch.setattr("owidget_jupyter.diagnosis.environment.PACKAGES", ("no-such-package",))
    assert look_around().packages == {"no-such-package": None}
    assert "owidget_jupyter" not in PACKAGES


@pytest.fixture
def bare(monkeypatch):
    """Run nowhere in particular."""
    for name in ("SERVER_SOFTWARE", "JUPYTERHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delitem(sys.modules, "marimo", raising=False)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    return monkeypatch


def test_a_kernel_that_cannot_tell_names_no_notebook(bare):
    assert (look_around().host, look_around().hub) == (None, False)


def test_notebooks_that_the_kernel_knows_are_named(bare):
    shell = SimpleNamespace(user_ns={"__vsc_ipynb_file__": "/home/jane/secret.ipynb"})
    bare.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert look_around().host == "VS Code"
    bare.setitem(sys.modules, "google.colab", SimpleNamespace())
    assert look_around().host == "Colab"
    bare.setenv("SERVER_SOFTWARE", "voila/0.5.8")
    assert look_around().host == "Voilà 0.5.8"
    bare.setitem(sys.modules, "marimo", SimpleNamespace(running_in_notebook=lambda: True))
    assert look_around().host == "marimo"


def test_a_hub_is_told(bare):
    bare.setenv("JUPYTERHUB_API_URL", "http://hub.example/jane")
    assert look_around().hub
