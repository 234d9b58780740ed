"""What the browser tests stand on: a JupyterLab, a Chromium, a notebook, and a vendor's host."""

from .browser import BrowserPool, PageErrors
from .errors import CellError, CellsFailed, KernelError
from .lab import Lab, LabError
from .notebook import Notebook
from .proxy import Proxy
from .recorder import recorder
from .vendor import FUNCTION, UNDEFINED, Call, Special, Vendor
from .wait import NotYet, eventually

__all__ = [
    "FUNCTION",
    "UNDEFINED",
    "BrowserPool",
    "Call",
    "CellError",
    "CellsFailed",
    "KernelError",
    "Lab",
    "LabError",
    "NotYet",
    "Notebook",
    "PageErrors",
    "Proxy",
    "Special",
    "Vendor",
    "eventually",
    "recorder",
]
