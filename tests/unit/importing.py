"""What a fresh interpreter has imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable


def loaded_after(code: str, of: Iterable[str]) -> list[str]:
    """Return which of these packages some code has loaded."""
    show = f"""
loaded = {{name.partition(".")[0] for name in sys.modules}}
print(*sorted(loaded & {set(of)!r}))
"""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{show}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.split()
