"""The documentation builds without a warning, loads nothing from elsewhere, and lacks no name."""

from __future__ import annotations

import inspect
import re
from html import unescape
from pathlib import Path

import pytest
from traitlets import TraitType

import owidget_jupyter
from owidget_jupyter import EventType, NumberReason, NumberType, OWidget
from owidget_jupyter.reported import Reported
from owidget_jupyter.settings import Settings
from tests.bench.record import read

from . import pages
from .site import Build, Page

#: What ipywidgets and traitlets call; nobody else has to.
PLUMBING = {"get_state", "set_state", "notify_change"}
#: What a docstring says of what is public to the package's other modules only.
OWN_USE = "for the package's own use"


@pytest.fixture(scope="module")
def site(build: Build) -> Path:
    assert build.result() == (0, "")
    return build.site


@pytest.fixture(scope="module")
def reference(site: Path) -> set[str]:
    """The names that the reference describes."""
    return set().union(*(Page(path).ids for path in (site / "reference").glob("*.html")))


@pytest.fixture(scope="module")
def text(site: Path) -> str:
    """All that the reference says, as `plain` has it."""
    html = " ".join(path.read_text("utf-8") for path in (site / "reference").glob("*.html"))
    return plain(unescape(re.sub(r"<[^>]+>", "", html)))


def test_a_page_loads_nothing_from_another_host(site):
    for path in site.rglob("*.html"):
        for address in Page(path).loads:
            assert not re.match(r"(https?:)?//", address), f"{path.name}: {address}"
    for path in [*site.rglob("*.css"), *site.rglob("*.js")]:
        text = path.read_text("utf-8", "replace")
        assert not re.search(r"(url\(|@import|import\() *['\"]?(https?:)?//", text), path.name


def test_every_document_became_a_page(site):
    for page in (pages.ROOT / "docs").rglob("*.md"):
        assert (site / page.relative_to(pages.ROOT / "docs").with_suffix(".html")).is_file()


def test_anchors_that_pages_lead_to_are_there(site):
    built = {path: Page(path) for path in site.rglob("*.html")}
    for path, page in built.items():
        for target, anchor in re.findall(r'href="([^"#:?]*)#([^"]+)"', page.html):
            leads_to = (path.parent / target).resolve() if target else path
            if leads_to in built and anchor:
                assert anchor in built[leads_to].ids, f"{path.name}: {target}#{anchor}"


@pytest.mark.parametrize("name", owidget_jupyter.__all__)
def test_every_public_name_is_in_the_reference(reference, name):
    assert f"owidget_jupyter.{name}" in reference


def public_members(owner: type) -> set[str]:
    """Return the public names that the package itself gives a class.

    Those that it has from another public class are described there.
    """
    public = [getattr(owidget_jupyter, name) for name in owidget_jupyter.__all__]
    ours = [
        base
        for base in owner.__mro__
        if base.__module__.startswith("owidget_jupyter") and (base is owner or base not in public)
    ]
    return {
        name
        for base in ours
        for name, member in vars(base).items()
        if not name.startswith("_") and OWN_USE not in (getattr(member, "__doc__", None) or "")
    } - PLUMBING


def test_everything_of_a_chat_is_in_the_reference(reference):
    members = public_members(OWidget)
    assert {"configure", "explore", "observe", "preset", "state", "diagnose"} <= members
    assert {f"owidget_jupyter.OWidget.{name}" for name in members} <= reference
    assert "owidget_jupyter.OWidget.add_class" not in reference, "ipywidgets' own is not ours"


@pytest.mark.parametrize(
    "owner",
    [
        value
        for value in (getattr(owidget_jupyter, name) for name in owidget_jupyter.__all__)
        if isinstance(value, type) and value is not OWidget
    ],
    ids=lambda owner: owner.__name__,
)
def test_every_method_of_the_other_classes_is_in_the_reference(reference, owner):
    for name in public_members(owner):
        member = inspect.getattr_static(owner, name)
        if inspect.isfunction(member) or isinstance(member, property | classmethod):
            assert f"owidget_jupyter.{owner.__name__}.{name}" in reference


@pytest.mark.parametrize("choice", [EventType, NumberReason, NumberType])
def test_every_member_of_an_enumeration_is_in_the_reference(reference, choice):
    names = {f"owidget_jupyter.{choice.__name__}.{member.name}" for member in choice}
    assert names <= reference


@pytest.mark.parametrize("owner", [Settings, Reported])
def test_a_trait_is_there_with_its_default_and_meaning(text, owner):
    for name, trait in vars(owner).items():
        if isinstance(trait, TraitType) and not name.startswith("_"):
            assert plain(trait.metadata["help"]) in text, name


@pytest.mark.parametrize("name", owidget_jupyter.__all__)
def test_a_property_is_told_in_one_piece(text, name):
    """Not taken apart at a colon, in front of which Google's style has a type."""
    owner = getattr(owidget_jupyter, name)
    for member in public_members(owner) if isinstance(owner, type) else ():
        if isinstance(found := inspect.getattr_static(owner, member), property):
            (first, *_) = str(found.__doc__).split("\n\n")
            assert plain(first) in text, f"{name}.{member}"


def plain(text: str) -> str:
    """Return a text without marks of code, what Sphinx makes of quotes, and ends of lines."""
    return re.sub(r"\s+", " ", re.sub('[“”‘’"]', "'", text).replace("`", ""))


def test_the_measurements_are_those_of_the_record(site):
    page = plain(unescape((site / "performance.html").read_text("utf-8")))
    rows = read()["rows"]
    assert rows
    assert [row["what"] for row in rows if plain(row["what"]) not in page] == []


def test_the_reference_has_the_command_line(site):
    html = (site / "reference" / "simulator.html").read_text("utf-8")
    assert "usage: owidget-simulator" in html
    assert "busy-then-served" in html
