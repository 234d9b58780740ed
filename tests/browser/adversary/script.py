"""The hostile script: works as a chat does, and tries what it is told to."""

from __future__ import annotations

from collections.abc import Iterable

from ..harness import recorder
from .attempt import Attempt

#: An attempt that has not settled by then never will; ms.
_LIMIT = 8_000
_TRY = """
async ({name, facts}) => {
  let timer;
  const limit = new Promise(resolve => { timer = setTimeout(resolve, LIMIT, 'unsettled'); });
  try {
    const made = ATTEMPTS[name](facts).then(got => got === undefined ? 'tried' : `yes: ${got}`);
    return await Promise.race([made, limit]);
  } catch (error) {
    return `refused: ${error?.name}: ${error?.message}`;
  } finally {
    clearTimeout(timer);
  }
}
"""


def hostile(attempts: Iterable[Attempt]) -> str:
    """Build the script that has these attempts; `adversary({name, facts})` makes one."""
    functions = ",\n".join(
        f"{attempt.name!r}: async (F) => {{\n{attempt.js}\n}}" for attempt in attempts
    )
    chat = recorder(on_connect="status(1);")
    return (
        f"{chat}\n(() => {{\nconst LIMIT = {_LIMIT};\nconst ATTEMPTS = {{{functions}}};\n"
        f"window.adversary = {_TRY};\n}})();"
    )
