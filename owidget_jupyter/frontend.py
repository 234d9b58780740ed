"""The front end's own code, as every model carries it."""

from __future__ import annotations

import weakref
from functools import partial
from threading import Lock
from typing import Any

import anywidget
from traitlets import TraitType, Unicode, default

from owidget_jupyter.stage.document import bundled


class _Files(anywidget.AnyWidget):
    """What anywidget makes of the paths of a front end: read once, and watched in `make dev`."""

    _esm: Any = bundled("widget.js")
    _css: Any = bundled("widget.css")


class FrontEnd(_Files):
    """A widget that has the module and its style sheet as traits of its class.

    Left to itself, anywidget makes a class for every single model to hold them, which takes
    longer than all else, and has their files keep every closed model for good.
    """

    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    _anywidget_id = Unicode(help="By this a page knows the style sheet again.").tag(sync=True)

    def __init__(self, **kwargs: Any) -> None:
        with _LOCK:
            _models.add(self)
        super().__init__(**kwargs)

    def add_traits(self, **traits: TraitType[Any, Any]) -> None:
        """Add traits to this one model; anywidget's id alone is there already."""
        if traits.keys() != {"_anywidget_id"}:
            super().add_traits(**traits)

    @default("_esm")
    def _default_esm(self) -> str:
        return str(_Files._esm)

    @default("_css")
    def _default_css(self) -> str:
        return str(_Files._css)

    @default("_anywidget_id")
    def _default_anywidget_id(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"


#: Models that are to follow their files while these are worked on; guarded by the lock.
_models: weakref.WeakSet[FrontEnd] = weakref.WeakSet()
_LOCK = Lock()


def _renew(name: str, text: str) -> None:
    """Give all models the new text of a file, in the thread that watches it."""
    with _LOCK:
        models = list(_models)
    for model in models:
        if getattr(type(model), name) is getattr(FrontEnd, name):  # not a subclass's own
            setattr(model, name, text)


_Files._esm.changed.connect(partial(_renew, "_esm"), check_nargs=False)
_Files._css.changed.connect(partial(_renew, "_css"), check_nargs=False)
