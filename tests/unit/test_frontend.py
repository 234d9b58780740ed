"""The module that every model carries, as anywidget promises it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from pathlib import Path

import anywidget
import pytest
from traitlets import Unicode

from owidget_jupyter import OWidget, frontend
from owidget_jupyter.stage.document import bundled

from .counting import calls_of
from .driver import COMPANY, comm_of


def test_a_model_has_no_class_of_its_own():
    chat = OWidget(COMPANY)
    assert type(chat) is OWidget


def test_what_is_built_goes_out_with_every_model():
    (_, opening), *_ = comm_of(OWidget(COMPANY)).published
    assert opening["state"]["_esm"] == bundled("widget.js").read_text("utf-8")
    assert opening["state"]["_anywidget_id"] == "owidget_jupyter.widget.OWidget"


def test_constructing_one_calls_no_more_than_a_bare_anywidget_of_as_many_traits():
    chat = OWidget(COMPANY)
    brought = {"_esm": "export default {}"}
    of_anywidget = type("Bare", (anywidget.AnyWidget,), brought)().keys
    traits = {f"t{number}": Unicode("").tag(sync=True) for number in range(len(chat.keys))}
    missing = dict(list(traits.items())[len(of_anywidget) :])
    bare = type("Bare", (anywidget.AnyWidget,), {**brought, **missing})
    assert len(bare().keys) == len(chat.keys)
    assert calls_of(lambda: OWidget(COMPANY)) <= calls_of(bare)


# While the front end is worked on


@pytest.fixture
def edited():
    """Return what happens when the front end's file is written, without writing it."""
    file = frontend._File._esm
    kept = file._contents

    def edit(text: str) -> None:
        file._contents = text
        file.changed.emit(text)

    yield edit
    file._contents = kept


def test_models_follow_a_file_that_is_edited_and_so_do_those_made_later(edited):
    chat = OWidget(COMPANY)
    edited("export default {edited: 1}")
    assert comm_of(chat).updates() == [{"_esm": "export default {edited: 1}"}]
    assert OWidget(COMPANY)._esm == "export default {edited: 1}"


def test_files_are_watched_where_anywidget_reloads(tmp_path):
    """As `make dev` has it, with a copy of the package: nobody's files are touched."""
    code = """
import pathlib, shutil, sys, threading
import owidget_jupyter
home = pathlib.Path(owidget_jupyter.__file__).parent
copy = pathlib.Path(sys.argv[1], "owidget_jupyter")
shutil.copytree(home, copy)
for name in [name for name in sys.modules if name.partition(".")[0] == "owidget_jupyter"]:
    del sys.modules[name]
sys.path.insert(0, sys.argv[1])
from owidget_jupyter import OWidget
from owidget_jupyter.stage.document import STATIC
assert STATIC == copy / "static", STATIC
chat = OWidget()
renewed = threading.Event()
chat.observe(lambda change: renewed.set(), names="_esm")
for place in range(400):  # the first writing may come before the watching
    (STATIC / "widget.js").write_text(f"export default {{edited: {place}}}")
    if renewed.wait(0.1):
        break
assert chat._esm.startswith("export default {edited: "), chat._esm
"""
    environment = {
        **os.environ,
        "ANYWIDGET_HMR": "1",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path]),
    }
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=environment, check=True, timeout=90
    )


def test_a_file_that_is_edited_keeps_no_model_and_finds_none_that_is_gone(edited):
    known = weakref.ref(OWidget(COMPANY))
    chat = known()
    assert chat is not None
    chat.close()
    del chat
    gc.collect()
    assert known() is None
    edited("export default {edited: 2}")


# Subclasses, as anywidget promises


class WithText(OWidget):
    _esm = "export default { render() {} }"


class WithTrait(OWidget):
    _esm = Unicode("export default {own: 2}").tag(sync=True)


class WithStyle(OWidget):
    _css = ".own {}"


def test_a_subclass_may_bring_a_module_of_its_own(tmp_path, edited):
    path = tmp_path / "own.js"
    path.write_text("export default {own: 1}")
    with_file = type("WithFile", (OWidget,), {"_esm": path, "__module__": __name__})
    for made, esm in (
        (WithText(COMPANY), WithText._esm),
        (WithTrait(COMPANY), "export default {own: 2}"),
        (with_file(COMPANY), path.read_text()),
    ):
        (_, opening), *_ = comm_of(made).published
        assert opening["state"]["_esm"] == esm
        assert opening["state"]["_anywidget_id"] == f"{__name__}.{type(made).__name__}"
        edited("export default {edited: 3}")
        assert made._esm == esm


def test_a_subclass_may_bring_a_style_sheet():
    (_, opening), *_ = comm_of(WithStyle(COMPANY)).published
    assert opening["state"]["_css"] == ".own {}"


def test_traits_may_still_be_added_to_one_model():
    chat = OWidget(COMPANY)
    chat.add_traits(note=Unicode("a").tag(sync=True))
    chat.note = "b"
    assert comm_of(chat).updates()[-1] == {"note": "b"}
    assert "note" not in OWidget(COMPANY).keys


@pytest.mark.parametrize("name", ["_esm", "_anywidget_id"])
def test_a_page_cannot_write_them(chat, name):
    comm_of(chat).receive({"method": "update", "state": {name: "else"}, "buffer_paths": []})
    assert getattr(chat, name) != "else"
    assert name in chat.errors[-1].message
