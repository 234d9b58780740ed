"""One notebook, open in one JupyterLab page."""

from __future__ import annotations

import ast
import contextlib
import json
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import ElementHandle, Error, Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from .errors import CellError, CellsFailed, KernelError, PageTimeout, raise_if_error
from .in_page import (
    CELL_ERRORS,
    CELL_OUTPUTS,
    EXECUTE,
    IN_PANEL,
    INSERT_CELL,
    IS_IDLE,
    READY,
    SELECT_CELL,
    SITUATION,
)
from .lab import Lab
from .wait import NotYet, eventually

FRAME_SELECTOR = "iframe.owidget-frame"


class Notebook:
    """One open notebook in one page. Cells are numbered from 0, Markdown cells included."""

    def __init__(self, lab: Lab, page: Page, name: str, port: int | None = None) -> None:
        self.lab = lab
        self.page = page
        self.name = name
        self.port = port

    # -- opening ---------------------------------------------------------------------------

    def open(self, *, host: str | None = None, idle: bool = True, timeout: float = 60) -> Notebook:
        """Open it in a fresh workspace and wait until its kernel is connected (and idle)."""
        url = self.lab.url_of(self.name, host=host, port=self.port)
        self.page.goto(url, wait_until="domcontentloaded")
        self.wait_ready(idle=idle, timeout=timeout)
        return self

    def reload(self, *, idle: bool = True, timeout: float = 60) -> None:
        """Reload the page and wait until it is ready again. Save first what shall survive."""
        self.page.reload(wait_until="domcontentloaded")
        self.wait_ready(idle=idle, timeout=timeout)

    def wait_ready(self, *, idle: bool = True, timeout: float = 60) -> None:
        """Wait until the notebook is shown and its kernel connected (and idle)."""
        try:
            self.page.wait_for_function(
                READY, arg=[self.name, idle], timeout=timeout * 1000, polling=50
            )
        except PlaywrightTimeout:
            raise PageTimeout(
                f"{self.name} not ready within {timeout:g} s: {self._situation()}\n"
                f"{self.lab.log_tail()}"
            ) from None

    def second_tab(self) -> Notebook:
        """Open the same notebook, on the same kernel, in another tab of the same browser."""
        page = self.page.context.new_page()
        return Notebook(self.lab, page, self.name, self.port).open(idle=False)

    def opened_tab(self) -> Notebook:
        """Open it in a tab that this one opens, which begins with a copy of its sessionStorage."""
        url = self.lab.url_of(self.name, port=self.port)
        with self.page.expect_popup() as popup:
            self.page.evaluate("url => { window.open(url); }", url)
        tab = Notebook(self.lab, popup.value, self.name, self.port)
        tab.wait_ready(idle=False)
        return tab

    # -- running ---------------------------------------------------------------------------

    def run_all(self, timeout: float = 60, *, check: bool = True) -> None:
        """Run all cells and wait until the kernel is idle; raise CellsFailed if one failed."""
        self._activate()
        self._js(
            "({app}) => app.commands.execute('notebook:run-all-cells').then(() => 1)",
            timeout=timeout,
        )
        self.wait_idle(timeout)
        if check:
            self.check()

    def run_cell(
        self, index: int, timeout: float = 60, *, check: bool = True, wait: bool = True
    ) -> None:
        """Run one cell; without `wait` return as soon as it was sent off."""
        self._select(index)
        run = "app.commands.execute('notebook:run-cell')"
        if not wait:
            self._js(f"({{app}}) => {{ void {run}; return 1; }}")
            return
        self._js(f"({{app}}) => {run}.then(() => 1)", timeout=timeout)
        if check:
            self.check(index)

    def add_and_run(
        self, code: str, timeout: float = 60, *, check: bool = True, wait: bool = True
    ) -> int:
        """Append a code cell, run it, and return its index."""
        index = int(self._js(INSERT_CELL, code))
        self.run_cell(index, timeout, check=check, wait=wait)
        return index

    def wait_idle(self, timeout: float = 60) -> None:
        """Wait until no cell is running or queued and the kernel says it is idle."""
        eventually(
            lambda: self._js(IS_IDLE),
            timeout,
            lambda: f"{self.name} idle: {self._situation()}",
        )

    def check(self, index: int | None = None) -> None:
        """Raise CellsFailed if a cell (or this one) shows an error."""
        errors = [error for error in self.errors() if index in (None, error.index)]
        if errors:
            raise CellsFailed(errors)

    # -- looking ---------------------------------------------------------------------------

    @property
    def panel(self) -> Locator:
        """The notebook's panel in the page."""
        panel_id = self._js("({panel}) => panel.id")
        return self.page.locator(f'[id="{panel_id}"]')

    def cell(self, index: int) -> Locator:
        """Locate a cell by its present position."""
        return self.panel.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    def output(self, index: int) -> Locator:
        """Locate a cell's output area."""
        return self.cell(index).locator(".jp-Cell-outputWrapper .jp-OutputArea-output")

    def output_area(self, index: int) -> Locator:
        """Locate what holds all outputs of a cell."""
        return self.cell(index).locator(".jp-Cell-outputArea")

    def cell_count(self) -> int:
        """Return the number of cells."""
        return int(self._js("({panel}) => panel.content.model.cells.length"))

    def outputs(self, index: int) -> list[dict[str, Any]]:
        """Return a cell's outputs as nbformat has them, also when none is in view."""
        result: list[dict[str, Any]] = self._js(CELL_OUTPUTS, index)
        return result

    def outputs_text(self, index: int) -> str:
        """Return the plain text of a cell's outputs: streams, text/plain and errors."""
        parts: list[str] = []
        for output in self.outputs(index):
            if output["output_type"] == "error":
                parts.append(f"{output['ename']}: {output['evalue']}\n")
                continue
            text = output.get("text", output.get("data", {}).get("text/plain", ""))
            parts.append(text if isinstance(text, str) else "".join(text))
        return "".join(parts)

    def errors(self) -> list[CellError]:
        """Return the errors that the cells' outputs hold."""
        found: list[dict[str, Any]] = self._js(CELL_ERRORS)
        return [CellError.of_output(int(error["index"]), error) for error in found]

    def stage_frames(self) -> list[ElementHandle]:
        """Return the page's stage iframes that are in the document, open shadow roots included."""
        return self.page.locator(FRAME_SELECTOR).element_handles()

    def stage(self) -> Frame:
        """Return the one live stage's frame; an AssertionError if there is none, or several."""
        handles = self.stage_frames()
        assert len(handles) == 1, f"one stage expected, the page has {len(handles)}"
        frame = handles[0].content_frame()
        assert frame is not None, "the stage's iframe has no document"
        return frame

    # -- the kernel ------------------------------------------------------------------------

    def py(self, expression: str, timeout: float = 30) -> Any:
        """Evaluate a Python expression in the kernel and return its value, through JSON.

        No cell is made and nothing is stored in the history. The request goes through the page's
        own connection and queues behind a running cell: while one is busy there is no answer,
        and PageTimeout after `timeout` seconds. It cannot contain `await`; use `exec` for that.
        """
        answer = self._execute("", f"__import__('json').dumps((\n{expression}\n))", timeout)
        result = answer["content"]["user_expressions"]["value"]
        raise_if_error(result)
        return json.loads(ast.literal_eval(result["data"]["text/plain"]))

    def exec(self, code: str, timeout: float = 30) -> str:
        """Run Python statements in the kernel without a cell, and return what they printed.

        Top-level `await` works. Like `py`, it queues behind a running cell.
        """
        answer = self._execute(code, None, timeout)
        raise_if_error(answer["content"])
        return str(answer["printed"])

    def until(
        self,
        expression: str,
        timeout: float = 20,
        message: str | None = None,
        *,
        show: str | None = None,
    ) -> Any:
        """Ask the kernel for `expression` until it is truthy, and return that.

        IndexError, KeyError and StopIteration count as "not yet". At the deadline NotYet shows
        the last value, the kernel's state, and the repr of the expression `show`.
        """

        def look() -> Any:
            try:
                return self.py(expression, timeout)
            except KernelError as error:
                if error.ename in ("IndexError", "KeyError", "StopIteration"):
                    raise AssertionError(f"last: {error.ename}: {error.evalue}") from None
                raise

        def explain() -> str:
            parts = [message or expression]
            if show:
                try:
                    parts.append(f"{show} is {self.py(f'repr({show})', 2)}")
                except (KernelError, NotYet, Error) as error:
                    parts.append(f"{show} cannot be had: {error}")
            parts.extend([self._situation(), *map(str, self._errors_or_none())])
            return "; ".join(parts)

        return eventually(look, timeout, explain)

    def restart_kernel(self, timeout: float = 60) -> None:
        """Restart the kernel, without asking, and wait until it answers."""
        self._js("({panel}) => panel.sessionContext.restartKernel().then(() => 1)", timeout=timeout)
        self.wait_ready(timeout=timeout)
        self.py("1", timeout)

    def interrupt(self) -> None:
        """Interrupt the kernel."""
        self._js("({kernel}) => kernel.interrupt().then(() => 1)")

    # -- the page --------------------------------------------------------------------------

    def save(self, timeout: float = 30) -> None:
        """Save the notebook (widget state included, where JupyterLab is set to)."""
        self._js("({panel}) => panel.context.save().then(() => 1)", timeout=timeout)

    def collapse_output(self, index: int) -> None:
        """Collapse a cell's output."""
        self._select(index)
        self._command("notebook:hide-cell-outputs")
        expect(self.output_area(index)).to_be_hidden()

    def expand_output(self, index: int) -> None:
        """Expand a collapsed output."""
        self._select(index)
        self._command("notebook:show-cell-outputs")
        expect(self.output_area(index)).to_be_visible()

    def delete_cell(self, index: int) -> None:
        """Delete a cell."""
        count = self.cell_count()
        self._select(index)
        self._command("notebook:delete-cell")
        # JupyterLab puts an empty cell where the last one was deleted.
        eventually(lambda: self.cell_count() == max(count - 1, 1), message="the cell is gone")

    def move_cell(self, index: int, direction: Literal["up", "down"]) -> int:
        """Move a cell by one and return its new index."""
        self._select(index)
        self._command(f"notebook:move-cell-{direction}")
        return int(self._js("({panel}) => panel.content.activeCellIndex"))

    def new_view_for_output(self, index: int) -> Locator:
        """Show a cell's output in a panel of its own and locate that panel."""
        views = self.page.locator(".jp-LinkedOutputView")
        count = views.count()
        self._select(index)
        self._command("notebook:create-output-view")
        expect(views).to_have_count(count + 1)
        return views.nth(count)

    def close_panel(self) -> None:
        """Save the notebook and close its panel; the page and the kernel stay."""
        self.save()
        panel = self.panel
        self._js("({panel}) => { panel.close(); return 1; }")
        expect(panel).to_have_count(0)

    def set_theme(self, name: str) -> None:
        """Switch to "JupyterLab Light" or "JupyterLab Dark" (stored as the user's setting)."""
        self._js(
            "({app, arg}) => app.commands.execute('apputils:change-theme', {theme: arg})"
            ".then(() => 1)",
            name,
        )
        expect(self.page.locator(f'body[data-jp-theme-name="{name}"]')).to_have_count(1)

    def screenshot(self, path: Path | str) -> Path:
        """Save a picture of the page."""
        self.page.screenshot(path=path, timeout=10_000)
        return Path(path)

    # -- inside ----------------------------------------------------------------------------

    def _js(self, function: str, arg: object = None, timeout: float = 30) -> Any:
        """Call a JavaScript function with {app, panel, kernel, arg} and return its plain result."""
        result = self.page.evaluate(IN_PANEL % function, [self.name, timeout, arg])
        if "late" in result:
            raise PageTimeout(f"no answer within {timeout:g} s: {self._situation()}")
        return result.get("value")

    def _execute(self, code: str, expression: str | None, timeout: float) -> dict[str, Any]:
        expressions = {} if expression is None else {"value": expression}
        answer: dict[str, Any] = self._js(
            EXECUTE, {"code": code, "expressions": expressions}, timeout
        )
        return answer

    def _command(self, name: str) -> None:
        self._js("({app, arg}) => app.commands.execute(arg).then(() => 1)", name)

    def _activate(self) -> None:
        self._js("({app, panel}) => { app.shell.activateById(panel.id); return 1; }")
        eventually(
            lambda: self._js("({app, panel}) => app.shell.currentWidget === panel"),
            message=f"{self.name} is the current panel",
        )

    def _select(self, index: int) -> None:
        self._activate()
        self._js(SELECT_CELL, index)

    def _situation(self) -> str:
        try:
            return str(self.page.evaluate(SITUATION, self.name))
        except Error as error:
            return f"the page does not answer: {error.message}"

    def _errors_or_none(self) -> list[CellError]:
        with contextlib.suppress(Error, NotYet):
            return self.errors()
        return []
