"""The numbers notebook, as it is committed: whose answer each number got, and what was said."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness.callback import CallBackForm

NUMBERS = Path(__file__).parents[2] / "notebooks" / "numbers.ipynb"

REASONS = [
    *["ok", "ok", "ok", "ok", "characters"],
    *["too_short", "not_in_use", "type_not_allowed", "region_not_allowed", "empty"],
]
LATE = "the function's answer is not there yet, so the policy answered"
FAILED = "the function has no answer, so the policy answered"


def cell_with(line: str) -> int:
    """Return the place of the code cell that has this line."""
    book = nbformat.read(NUMBERS, as_version=4)
    code = ((i, cell) for i, cell in enumerate(book.cells) if cell.cell_type == "code")
    (place,) = (i for i, cell in code if line in cell.source.splitlines())
    return place


@pytest.mark.slow
def test_the_numbers_notebook_shows_all_that_it_promises(notebook: NewNotebook) -> None:
    nb = notebook(path=NUMBERS)
    nb.run_all()
    assert nb.py("[chat.active_isolation, chat.state]") == ["opaque", "connected"]

    judged = nb.output(cell_with("import pandas as pd")).first
    judged.scroll_into_view_if_needed()
    expect(judged.locator("tbody td:last-child")).to_have_text(REASONS)
    expect(nb.output(cell_with("summary")).locator("tbody tr")).to_have_count(len(set(REASONS)))

    by_policy = cell_with('await enter("222 123 456")')
    by_function = cell_with("def unless_unwanted(number):")
    late, failing = cell_with('await enter("603 111 222")'), cell_with("def broken(number):")
    entered = {
        by_policy: ["222 123 456 was called invalid", "777 666 555 was taken"],
        by_function: ["602 123 456 was called invalid", "777 666 555 was taken"],
        late: ["603 111 222 was taken", "603 111 222 was called invalid"],
        failing: ["777 666 555 was taken"],
        cell_with("chat.retry()"): ["777 666 555 was called invalid", "+420 777 666 555 was taken"],
    }
    assert {place: nb.outputs_text(place).splitlines() for place in entered} == entered
    assert nb.outputs_text(late + 2) == repr([LATE])
    problems = ["ConnectionError: no list to look … up in", FAILED]
    assert sorted(nb.py("[problem.message for problem in chat.errors]")) == problems
    for problem in problems:
        assert problem in nb.outputs_text(failing + 1)

    # Without a rule it was the simulator that wrote it; with the policy again it is the policy.
    form = CallBackForm(nb.stage())
    expect(form.part("number")).to_have_text("+420777666555")
    nb.exec("chat.set_custom_number_normalization(policy)\nawait enter('777 666 555', paste=True)")
    expect(form.part("number")).to_have_text("+420 777 666 555")
    expect(form.part("details")).to_contain_text("+420 777 666 555")
    kept = nb.py("f'{chat.get_state()}{list(chat.event_log)}{list(chat.errors)}{chat!r}'")
    assert "777666" not in kept.replace(" ", "")
