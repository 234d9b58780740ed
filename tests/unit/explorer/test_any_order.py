"""Whatever is done in whatever order: no handler raises, and closing leaves nothing behind."""

from __future__ import annotations

import threading

from hypothesis import Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from ipywidgets import Button, Checkbox, IntText, Tab, Text
from ipywidgets.widgets.widget import _instances
from ipywidgets.widgets.widget_selection import _Selection

from owidget_jupyter import Explorer, NumberPolicy, OWidget
from owidget_jupyter.explorer.private import PrivateField

from ..driver import COMPANY, Page, comm_of, event, failed, result, status
from .hand import Hand

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    (
        *("", " ", "cs", COMPANY, "localhost:1", "<b>x</b>", "{", "1e999", "[1, 2]", '"\\ud800"'),
        *("folder", "folder/none/x", "a\0b", "~nobody1/x", "CZ sk", "+420 777 666 555", "7" * 400),
    )
)
BATCHES = {
    "talk": (status(1), event("chatSessionCreated", {"sessionId": "x"}), event("chatSessionEnded")),
    "odd": (
        event("status", {"x": 1}),
        event(""),
        event("<b>", "text"),
        event("others", [1]),
        status(7),
    ),
    "failed": (failed("script_unreachable", "<x>"),),
    "flood": tuple(event(f"e{number}") for number in range(300)),
}


class People(RuleBasedStateMachine):
    """Two panels of one chat, a page that shows it, and somebody who writes Python."""

    def __init__(self) -> None:
        super().__init__()
        self.before = set(_instances)
        self.hands = [Hand(Explorer())]
        self.pages: dict[str, Page] = {}

    def of(self, draw: st.DataObject, *kinds: type) -> tuple[Hand, list]:
        hand = draw.draw(st.sampled_from(self.hands))
        return hand, [w for w in hand.all() if isinstance(w, kinds) and not isinstance(w, OWidget)]

    def open(self) -> bool:
        return self.hands[0].chat.state != "closed"

    @precondition(lambda self: self.open() and len(self.hands) == 1)
    @rule()
    def open_a_second_panel(self) -> None:
        self.hands.append(Hand(self.hands[0].chat.explore()))

    @rule(draw=st.data())
    def press(self, draw: st.DataObject) -> None:
        hand, buttons = self.of(draw, Button)
        names = [b.description for b in buttons if not b.disabled and b.layout.display != "none"]
        hand.press(draw.draw(st.sampled_from([n for n in names if n != "Draw timeline"])))

    @rule(draw=st.data(), text=TYPED, enter=st.booleans())
    def type(self, draw: st.DataObject, text: str, enter: bool) -> None:
        hand, fields = self.of(draw, Text, PrivateField)
        field = draw.draw(st.sampled_from([f for f in fields if getattr(f, "typed", True)]))
        private = isinstance(field, PrivateField)
        name = field.label if private else field.description
        hand.type(name, text)
        if private and enter:
            hand.enter(name)

    @rule(draw=st.data())
    def choose(self, draw: st.DataObject) -> None:
        _, controls = self.of(draw, Checkbox, _Selection, IntText, Tab)
        control = draw.draw(st.sampled_from(range(len(controls))).map(controls.__getitem__))
        if isinstance(control, Checkbox):
            state: dict[str, object] = {"value": draw.draw(st.booleans())}
        elif isinstance(control, IntText):
            state = {"value": draw.draw(st.integers(-10, 10**25) | st.floats(-1, 5_000))}
        elif isinstance(control, Tab):
            state = {"selected_index": draw.draw(st.integers(0, len(control.children) - 1))}
        else:
            state = {"index": draw.draw(st.integers(0, len(control.options) - 1))}
        note(f"{type(control).__name__} {getattr(control, 'description', '')} {state}")
        control.comm.receive({"method": "update", "state": state})

    @precondition(open)
    @rule(batch=st.sampled_from(sorted(BATCHES)))
    def report(self, batch: str) -> None:
        chat = self.hands[0].chat
        page = self.pages.setdefault(chat.model_id, Page(chat)).want()
        page.connect()
        acts = comm_of(chat).custom("act")
        page.batch(*BATCHES[batch], *(result(act["id"], error="Error: no") for act in acts[-1:]))

    @precondition(open)
    @rule(what=st.sampled_from(["policy", "function", "none", "configure", "data", "close"]))
    def write_python(self, what: str) -> None:
        chat = self.hands[0].chat
        {
            "policy": lambda: chat.set_custom_number_normalization(NumberPolicy("CZ")),
            "function": lambda: chat.set_custom_number_normalization(str.strip),
            "none": lambda: chat.set_custom_number_normalization(None),
            "configure": lambda: chat.configure(preset="p", language="cs", height=300),
            "data": lambda: chat.add_custom_data("a", {"b": [1, None]}),
            "close": chat.close,
        }[what]()

    @invariant()
    def can_be_drawn(self) -> None:
        for hand in self.hands:
            hand.explorer.refresh()

    def teardown(self) -> None:
        for hand in self.hands:
            hand.explorer.close()
            hand.chat.close()
            hand.chat.layout.close()
        assert set(_instances) == self.before
        timers = [each for each in threading.enumerate() if isinstance(each, threading.Timer)]
        assert all(timer.finished.is_set() for timer in timers)


def test_whatever_is_done_in_whatever_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    # Told as it was found: to make one of these shorter takes longer than a test may.
    wanted = settings(max_examples=12, stateful_step_count=30, phases=[Phase.generate])
    run_state_machine_as_test(People, settings=wanted)
