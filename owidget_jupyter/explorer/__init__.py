"""A panel to try a chat by hand, of ipywidgets' own parts and this package's public names."""

from owidget_jupyter.explorer.panel import Explorer

__all__ = ["Explorer"]
