"""The quickstart, as it is committed, and the same chat with a person's clicks."""

from __future__ import annotations

from pathlib import Path

from .conftest import NewNotebook
from .harness import eventually
from .harness.chat import FIVE
from .harness.chat_window import window_part

QUICKSTART = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"

#: Where the quickstart displays its diary.
DIARY_CELL = 5
#: What the log says, a status as its code.
SEEN = "[e.detail['code'] if e.type == 'status' else e.type for e in chat.event_log]"


def test_quickstart_runs_to_the_end_and_everything_reaches_python_in_order(
    notebook: NewNotebook,
) -> None:
    nb = notebook(path=QUICKSTART)
    nb.run_all()

    # While the first stage's last events are still told, its state stands.
    nb.until(f"{SEEN}[-2:] == [None, 1] and chat.state == 'connected'")
    assert nb.py(SEEN) == [1, 2, 0, 1, *FIVE, None, 1]  # unknown between the two stages
    assert nb.py("chat.active_isolation") == "opaque"
    assert nb.py("list(map(str, chat.errors))") == []
    seen = nb.py("(second.state, chat.preset, chat.state, chat.status)")
    assert seen == ["closed", "support", "connected", "online"]
    # The committed callbacks wrote the diary: one line for each entry.
    diary = nb.output(DIARY_CELL).first
    diary.scroll_into_view_if_needed()
    diary.get_by_text("chatWindowClosed").wait_for()
    lines = diary.inner_text().splitlines()
    assert [line.split()[-1] for line in lines if "chat" in line] == FIVE
    # One widget is left on the page, and it shows the preset that was changed to.
    assert len(nb.stage_frames()) == 1
    eventually(
        lambda: "support" in nb.panel.locator(".owidget-bar").first.inner_text(),
        message="the status bar names the new preset",
    )


def test_a_persons_clicks_reach_python_in_order(notebook: NewNotebook) -> None:
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            "chat = OWidget.simulated()\n"
            "heard = []\n"
            "chat.on_event(lambda event: heard.append(event.type))\n"
            "chat.on_status(heard.append)\n"
            "chat.operator.status = 'online'\n"
            "chat"
        ]
    )
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == "opaque"

    stage = nb.stage()
    stage.locator("[data-part=button]").click()
    window_part(stage, "start").click()
    nb.until("'chatSessionCreated' in heard")
    nb.exec("chat.operator.accept()\nchat.operator.say('Good morning')")
    window_part(stage, "log").get_by_text("Good morning").wait_for()
    window_part(stage, "input").fill("What I typed stays in the page")
    window_part(stage, "send").click()
    window_part(stage, "end").click()
    window_part(stage, "close").click()
    nb.until("'chatWindowClosed' in heard")

    assert nb.py("[entry for entry in heard if isinstance(entry, str)]") == FIVE
    assert nb.py("list(map(str, chat.errors))") == []
    assert "What I typed" not in nb.py("str(chat.get_state())")
    assert "What I typed" not in nb.py("str([event.detail for event in chat.event_log])")
