"""Fixtures of the tests in other notebook hosts, which have an environment of their own."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from ..conftest import JUPYTERLAB_NOISE
from ..harness import Lab, PageErrors
from .server import require_environment

#: What the hosts themselves complain about, as regular expressions, each with the reason.
NOISE: dict[str, str] = {
    **JUPYTERLAB_NOISE,
    r"(?s)reading 'schema'.*static/notebook/": "Notebook 7 looks for a setting before it has any",
    r"ERR_NAME_NOT_RESOLVED \[https://cdn\.jsdelivr\.net/npm/@fortawesome/": (
        "Voilà's page asks another host for its icons, and there is no network here"
    ),
    r"(?s)RUNTIME-012.*voila/labextensions/@jupyter-notebook/": (
        "Voilà loads the extensions of a Notebook 7 that is installed beside it"
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests to `make test-all`, which makes their environment."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def hosts_python() -> Path:
    """The Python that has all the hosts."""
    return require_environment()


@pytest.fixture
def page_errors() -> PageErrors:
    """What the test's pages complain about; `allow` what the test expects."""
    return PageErrors(NOISE)


@pytest.fixture
def left_clean() -> None:
    """Each host's own fixtures see to that; JupyterLab's server is not even started."""


class Notebook7(Lab):
    """A Notebook 7: JupyterLab's parts, one document a page."""

    module = "notebook"
    application = "JupyterNotebookApp"
    page_path = "notebooks/{name}?token={token}"


@pytest.fixture(scope="module")
def jupyterlab(hosts_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    """The hosts' JupyterLab; it answers under names that are not loopback ones, too."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    remote = ["--ServerApp.allow_remote_access=True"]
    with Lab(folder, python=hosts_python, extra_args=remote) as server:
        yield server


@pytest.fixture(scope="module")
def notebook7(hosts_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    """A Notebook 7, likewise."""
    folder = tmp_path_factory.mktemp("notebook7")
    remote = ["--ServerApp.allow_remote_access=True"]
    with Notebook7(folder, python=hosts_python, extra_args=remote) as server:
        yield server
