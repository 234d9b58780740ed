from __future__ import annotations

import pytest

from owidget_jupyter import EventType

from .driver import connected, event, messages, state, status


def test_on_event_hears_of_every_type_in_order(chat, page):
    heard = []
    assert chat.on_event(heard.append) == heard.append
    page.batch(event("chatWindowOpen"), event("chatSessionCreated"), event("somethingNew"))
    assert [seen.type for seen in heard] == ["chatWindowOpen", "chatSessionCreated", "somethingNew"]


@pytest.mark.parametrize("type", ["chatSessionStarted", EventType.SESSION_STARTED])
def test_on_event_with_a_type_hears_of_that_type_only_and_returns_the_function(chat, page, type):
    heard = []

    def function(seen):
        heard.append(seen.type)

    assert chat.on_event(type)(function) is function
    page.batch(*(event(member.value) for member in EventType))
    assert heard == ["chatSessionStarted"]


@pytest.mark.parametrize("type", ["SessionStarted", "status", "chatWindowopen"])
def test_on_event_refuses_a_type_that_the_vendor_does_not_name(chat, type):
    with pytest.raises(ValueError, match="the vendor's page names chatWindowOpen"):
        chat.on_event(type)


def test_a_type_that_the_vendor_does_not_name_is_kept_when_it_comes(chat, page):
    page.batch(event("vendorSecret", {"a": 1}))
    assert (chat.event_log[0].type, chat.event_log[0].detail) == ("vendorSecret", {"a": 1})


@pytest.mark.parametrize("type", ["status", "overflow"])
def test_a_vendors_event_cannot_pass_for_an_entry_of_the_logs_own(chat, page, type):
    page.batch(event(type, {"code": 1}))
    assert chat.event_log[0].type == f"event:{type}"
    assert chat.status_code is None


@pytest.mark.parametrize(
    "register",
    [
        lambda chat: chat.on_event(7),
        lambda chat: chat.on_event("chatWindowOpen")(None),
        lambda chat: chat.on_status("fn"),
        lambda chat: chat.set_app_event_callback(7),
        lambda chat: chat.set_status_update_callback([]),
        lambda chat: chat.set_custom_number_normalization("fn"),
    ],
)
def test_what_cannot_be_called_is_refused(chat, register):
    with pytest.raises(TypeError, match="takes a function, not"):
        register(chat)


def test_each_vendor_setter_holds_one_function_and_none_clears_it(chat, page):
    first, second, codes = [], [], []
    chat.set_app_event_callback(first.append)
    chat.set_app_event_callback(second.append)
    chat.set_status_update_callback(codes.append)
    page.batch(event(), status(1))
    chat.set_app_event_callback(None)
    chat.set_status_update_callback(None)
    page.batch(event(), status(2))
    assert (len(first), len(second), codes) == (0, 1, [1])


def test_status_callbacks_hear_of_repeats_and_observers_of_changes(chat, page):
    set_by_setter, registered, observed = [], [], []
    chat.set_status_update_callback(set_by_setter.append)
    chat.on_status(registered.append)
    chat.observe(lambda change: observed.append(change.new), names="status_code")
    page.batch(status(1), status(1), status(0))
    page.batch(status(0), status(2))
    assert set_by_setter == registered == [1, 1, 0, 0, 2]
    assert observed == [1, 0, 2]


def test_a_late_on_status_hears_the_current_code_at_once(chat):
    heard = []
    chat.on_status(heard.append)
    assert heard == []
    connected(chat)
    late = []
    chat.on_status(late.append)
    assert (heard, late) == ([1], [1])


def test_a_callback_that_raises_is_kept_with_its_traceback_and_the_others_still_run(chat, page):
    heard = []

    def broken(seen):
        raise KeyError("no such row")

    chat.on_event(broken)
    chat.on_event(heard.append)
    page.batch(event(), event())
    assert len(heard) == 2
    problem = chat.errors[0]
    assert len(chat.errors) == 2
    assert problem.where.endswith("broken")
    assert problem.message == "KeyError: 'no such row'"
    assert "in broken" in problem.traceback
    assert page.comm.custom("problems")[-1]["problems"][1]["traceback"] == chat.errors[1].traceback


def test_an_observer_that_raises_in_a_delivery_stops_nothing(chat, page):
    heard = []

    def broken(change):
        raise ValueError(change.name)

    chat.observe(broken, names=["status_code", "event_log"])
    chat.observe(heard.append, names="event_log")
    chat.on_status(heard.append)
    page.batch(status(1), event())
    assert messages(chat) == ["ValueError: status_code", "ValueError: event_log"]
    assert len(heard) == 2
    assert chat.status_code == 1


def test_an_observer_that_raises_in_the_persons_own_cell_raises_there(chat, page):
    def broken(change):
        raise ValueError(change.new)

    chat.observe(broken, names="preset")
    with pytest.raises(ValueError, match="sales"):
        chat.preset = "sales"
    assert len(chat.errors) == 0


def test_a_late_on_status_that_raises_is_a_problem_like_any_other(chat):
    connected(chat)

    def broken(code):
        raise ValueError(code)

    chat.on_status(broken)
    assert messages(chat) == ["ValueError: 1"]


def test_off_unregisters_from_events_and_statuses(chat, page):
    heard = []
    chat.on_event(heard.append)
    chat.on_event("chatWindowOpen")(heard.append)
    chat.on_status(heard.append)
    chat.off(heard.append)
    page.batch(event(), status(1))
    assert heard == []


def test_off_refuses_a_function_that_is_not_registered(chat):
    with pytest.raises(ValueError, match="is not registered"):
        chat.off(print)


def test_registering_a_function_twice_calls_it_once(chat, page):
    heard = []
    chat.on_event(heard.append)
    chat.on_event(heard.append)
    page.batch(event())
    assert len(heard) == 1


def test_a_function_for_all_types_and_for_one_is_called_for_both(chat, page):
    heard = []
    chat.on_event(heard.append)
    chat.on_event("chatWindowOpen")(heard.append)
    page.batch(event())
    assert len(heard) == 2


CELL = """
def show(seen):
    heard.append(({run}, seen))
register(show)
"""


def run_cell(register, heard, run: int, module: str = "__main__") -> None:
    exec(
        CELL.replace("{run}", str(run)), {"__name__": module, "register": register, "heard": heard}
    )


def test_a_function_of_a_cell_that_is_run_again_replaces_its_former_self(chat, page):
    heard = []
    for run in (1, 2):
        run_cell(chat.on_event, heard, run)
        run_cell(chat.on_status, heard, run)
    page.batch(event(), status(1))
    assert [run for run, _ in heard] == [2, 2]


def test_functions_of_the_same_name_in_modules_do_not_replace_each_other(chat, page):
    heard = []
    for run in (1, 2):
        run_cell(chat.on_event, heard, run, module="a_module")
    page.batch(event())
    assert [run for run, _ in heard] == [1, 2]


def test_lambdas_do_not_replace_each_other(chat, page):
    heard = []
    main = {"__name__": "__main__", "heard": heard}
    for number in (1, 2):
        chat.on_event(eval(f"lambda seen: heard.append({number})", main))
    page.batch(event())
    assert heard == [1, 2]


def test_unobserve_finds_the_function_that_was_given_to_observe(chat, page):
    heard = []
    chat.observe(heard.append, names="status_code")
    chat.observe(heard.append, names="status_code")
    page.batch(status(1))
    assert len(heard) == 1
    chat.unobserve(heard.append, names="status_code")
    page.batch(status(2))
    assert len(heard) == 1


def test_observe_without_names_hears_of_reports_and_of_the_log(chat, page):
    names = []
    chat.observe(lambda change: names.append(change.name))
    page.batch(state("loading"), event())
    assert names == ["state", "event_log"]


def test_the_log_is_observed_once_a_batch_with_what_was_added(chat, page):
    changes = []
    chat.observe(changes.append, names="event_log")
    page.batch(status(1), event(), event("chatWindowClosed"))
    page.batch(state("ready"))
    page.batch(event("chatSessionCreated"))
    assert [[seen.type for seen in change.added] for change in changes] == [
        ["status", "chatWindowOpen", "chatWindowClosed"],
        ["chatSessionCreated"],
    ]
    assert all(change.new is chat.event_log and change.owner is chat for change in changes)


def test_the_log_is_observed_once_a_batch_while_notifications_are_held(chat, page):
    added = []
    chat.observe(lambda change: added.extend(change.added), names="event_log")
    with chat.hold_trait_notifications():
        page.batch(event("one"))
        page.batch(event("two"))
    assert [seen.type for seen in added] == ["one", "two"]


def test_callbacks_hear_in_the_order_of_the_log(chat, page):
    order = []
    chat.on_event(lambda seen: order.append(seen.type))
    chat.on_status(order.append)
    page.batch(event("a"), status(1), event("b"), status(1), status(0), event("c"))
    assert order == ["a", 1, "b", 1, 0, "c"]


def test_a_callback_sees_the_widget_as_of_its_event(chat, page):
    seen = []
    chat.on_event(lambda heard: seen.append((heard.type, chat.status_code)))
    page.batch(status(1), event("a"), status(2), event("b"))
    assert seen == [("a", 1), ("b", 2)]


def test_a_callback_may_register_and_unregister(chat, page):
    heard = []

    def once(seen):
        chat.off(once)
        chat.on_event(heard.append)

    chat.on_event(once)
    page.batch(event("a"), event("b"))
    assert [seen.type for seen in heard] == ["b"]
    assert len(chat.errors) == 0


def test_problems_keep_the_last_hundred_and_can_be_cleared(chat, page):
    for number in range(150):
        chat.errors._note("test", str(number))
    assert (len(chat.errors), chat.errors[0].message, chat.errors[-1].message) == (100, "50", "149")
    assert [problem.message for problem in chat.errors[:2]] == ["50", "51"]
    chat.errors.clear()
    assert list(chat.errors) == []
    assert page.comm.custom("problems")[-1]["problems"] == []


def test_a_page_that_comes_later_is_shown_the_problems_there_are(chat):
    chat.errors._note("test", "early")
    page = connected(chat)
    assert page.comm.custom("problems")[-1]["problems"][0]["message"] == "early"


@pytest.mark.parametrize("register", ["on_event", "on_status", "set_app_event_callback"])
def test_an_async_function_is_refused_with_what_to_do(chat, register):
    async def later(event):
        """Nobody would await it."""

    with pytest.raises(TypeError, match="is async"):
        getattr(chat, register)(later)
