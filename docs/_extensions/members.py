"""What of a class belongs into the reference: not what is there for the package's own use."""

from __future__ import annotations

from typing import Any, NamedTuple

from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from traitlets import TraitType

import owidget_jupyter

#: What ipywidgets and traitlets call; nobody else has to.
PLUMBING = frozenset({"get_state", "set_state", "notify_change"})
#: How a docstring says that a name is public to the package's other modules only.
OWN_USE = "for the package's own use"


class _Sample(NamedTuple):
    field: None


_Field = type(vars(_Sample)["field"])


def is_plumbing(name: str, member: object) -> bool:
    """Tell whether a public name of a class is none for its users.

    Args:
        name: Of the member.
        member: What the class has under that name.
    """
    return name in PLUMBING or OWN_USE in (getattr(member, "__doc__", None) or "")


def is_foreign(member: object) -> bool:
    """Tell whether a class has a function or property from ipywidgets or traitlets."""
    function = member.fget if isinstance(member, property) else member
    module = getattr(function, "__module__", None)
    return isinstance(module, str) and not module.startswith("owidget_jupyter")


def _skip(app: Sphinx, what: str, name: str, member: Any, skip: bool, options: Any) -> bool | None:
    """Leave out plumbing, what others describe, and what has its place elsewhere.

    Traits have a list of their own, and fields of named tuples are in the docstring of the class.
    None leaves it to Sphinx.
    """
    told_elsewhere = isinstance(member, (TraitType, _Field))
    return True if told_elsewhere or is_plumbing(name, member) or is_foreign(member) else None


def _forget_overloads(app: Sphinx) -> None:
    """Leave one signature to each function: type checkers need them all, and readers the text."""
    public = [getattr(owidget_jupyter, name) for name in owidget_jupyter.__all__]
    classes = {base for each in public if isinstance(each, type) for base in each.__mro__}
    for module in {each.__module__ for each in classes}:
        if module.startswith("owidget_jupyter"):
            analyzer = ModuleAnalyzer.for_module(module)
            analyzer.analyze()
            analyzer.overloads.clear()


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx ask."""
    app.connect("builder-inited", _forget_overloads)
    app.connect("autodoc-skip-member", _skip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
