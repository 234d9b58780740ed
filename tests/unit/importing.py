"""What a fresh interpreter has imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable


def loaded_after(code: str, of: Iterable[str]) -> list[str]:
    """Return which of these packages some code has loaded."""
    return sorted({name.partition(".")[0] for name in modules_after(code)} & set(of))


def modules_after(code: str) -> set[str]:
    """Return the modules that some code has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())
