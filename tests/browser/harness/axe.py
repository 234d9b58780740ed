"""axe-core, which finds what keeps people with disabilities out; run over parts of a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page

_SCRIPT = Path(__file__).parents[3] / "js" / "node_modules" / "axe-core" / "axe.min.js"

#: All rules that are on by default, none left out, over the elements that a selector finds. A
#: stage's frame belongs to whoever made its document; without `iframes` only its element is seen.
_RUN = """async selector => {
  const include = [...document.querySelectorAll(selector)];
  if (include.length === 0) throw new Error(`nothing on the page is ${selector}`);
  const { violations, incomplete } = await axe.run({ include }, { iframes: false });
  const told = found => found.flatMap(({ id, help, nodes }) => nodes.map(
    ({ html, any, all, none }) => `${id}: ${help}: ${html.slice(0, 160)}: `
      + [...any, ...all, ...none].map(({ message }) => message).join('; ')));
  return { violations: told(violations), incomplete: told(incomplete) };
}"""


def findings(page: Page | Frame, selector: str) -> list[str]:
    """Return what axe-core finds wrong below the elements of a page or frame, a line each.

    Raises:
        playwright.sync_api.Error: if there is no such element.
    """
    return list(_run(page, selector)["violations"])


def undecided(page: Page | Frame, selector: str) -> list[str]:
    """Return what axe-core cannot decide by itself, such as colours over a picture."""
    return list(_run(page, selector)["incomplete"])


def _run(page: Page | Frame, selector: str) -> dict[str, list[str]]:
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated, not inserted: no content security policy of the page has a say in it.
        page.evaluate(_SCRIPT.read_text("utf-8"))
    result: dict[str, list[str]] = page.evaluate(_RUN, selector)
    return result
