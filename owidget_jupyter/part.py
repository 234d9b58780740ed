"""What the parts of `OWidget` are, one public face in each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from owidget_jupyter.model import Model as Part
else:

    class Part:
        """A part of the model, and no model itself: setting one up takes traitlets half a ms."""


__all__ = ["Part"]
