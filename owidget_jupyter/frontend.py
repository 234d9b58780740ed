"""The front end's own code, as every model carries it."""

from __future__ import annotations

import weakref
from threading import Lock
from typing import Any

import anywidget
from traitlets import TraitType, Unicode, default

from owidget_jupyter.stage.document import bundled


class _File(anywidget.AnyWidget):
    """What anywidget makes of the path of a front end: read once, and watched in `make dev`."""

    _esm: Any = bundled("widget.js")


class FrontEnd(_File):
    """A widget that has the module as a trait of its class.

    Left to itself, anywidget makes a class for every single model to hold it, which takes
    longer than all else, and has its file keep every closed model for good.
    """

    _esm = Unicode().tag(sync=True)
    _anywidget_id = Unicode(help="By this a page tells classes of widgets apart.").tag(sync=True)

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
        return str(_File._esm)

    @default("_anywidget_id")
    def _default_anywidget_id(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"


#: Models that are to follow the file while it is worked on; guarded by the lock.
_models: weakref.WeakSet[FrontEnd] = weakref.WeakSet()
_LOCK = Lock()


def _renew(text: str) -> None:
    """Give all models the new text of the file, in the thread that watches it."""
    with _LOCK:
        models = list(_models)
    for model in models:
        if type(model)._esm is FrontEnd._esm:  # not a subclass's own
            model._esm = text


_File._esm.changed.connect(_renew)
