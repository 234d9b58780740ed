"""The isolations that a test is run under: one in every run, the others in the long one."""

from __future__ import annotations

import pytest

#: By setting; "auto" leads to an origin of its own.
ISOLATIONS = (
    "auto",
    pytest.param("opaque", marks=pytest.mark.slow),
    pytest.param("none", marks=pytest.mark.slow),
)
