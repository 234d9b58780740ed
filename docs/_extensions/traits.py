"""The directive ``traits``: a list of a class's traits, with their defaults and their help."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from traitlets import HasTraits, TraitType
from traitlets.utils.sentinel import Sentinel


def rows(owner: type[HasTraits]) -> list[tuple[str, str, str]]:
    """Return name, default and help of each public trait that a class itself has, in its order."""
    return [
        (name, default_of(trait), trait.metadata["help"])
        for name, trait in vars(owner).items()
        if isinstance(trait, TraitType) and not name.startswith("_")
    ]


def default_of(trait: TraitType[Any, Any]) -> str:
    """Return a default as Python writes it; "" for one that is made for each widget anew."""
    default = trait.default_value
    return "" if isinstance(default, Sentinel) else repr(default)


class Traits(SphinxDirective):
    """Lists the traits of a class, which is named by its module and name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a description for each trait, under the name that it has in a widget."""
        module, _, name = self.arguments[0].rpartition(".")
        owner = getattr(import_module(module), name)
        source = StringList()
        for trait, default, meaning in rows(owner):
            source.append(f".. py:attribute:: owidget_jupyter.OWidget.{trait}", "traits")
            if default:
                source.append(f"   :value: {default}", "traits")
            source.append("", "traits")
            source.append(f"   {escaped(meaning)}", "traits")
            source.append("", "traits")
        found = self.parse_text_to_nodes(source)
        for node in found:
            for prefix in list(node.findall(addnodes.desc_addname)):
                prefix.parent.remove(prefix)
        return found


def escaped(text: str) -> str:
    """Return a text as reStructuredText: values in quotes as code, the rest as plain text."""
    text = text.replace("\\", r"\\").replace("*", r"\*").replace("_ ", r"\_ ")
    return re.sub(r"'[a-z]*'(?!\w)", r"``\g<0>``", text)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("traits", Traits)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
