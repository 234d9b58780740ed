from __future__ import annotations

import asyncio

import pytest

from owidget_jupyter import CallError, OWidget, waiting
from owidget_jupyter.calls import RESERVED, UNDER_WAY

from .driver import COMPANY, Page, connected, event, failed, messages, result, state, status


def sent(page: Page) -> list[tuple[str, list]]:
    return [(call["method"], call["args"]) for call in page.comm.custom("call")]


def test_calls_are_kept_until_the_stage_is_ready_and_sent_once_in_order(chat):
    chat.call("openChat", True)
    chat.add_custom_data("a", 1)
    page = Page(chat).want()
    chat.call("hideWidget")
    page.batch(state("loading"))
    assert sent(page) == []
    page.batch(state("ready"))
    page.batch(state("connecting"), status(1))
    chat.call("later")
    assert sent(page) == [("openChat", [True]), ("hideWidget", []), ("later", [])]
    assert [call["lease"] for call in page.comm.custom("call")] == [page.lease] * 3


def test_ids_are_each_calls_own(chat):
    page = connected(chat)
    chat.call("one")
    chat.call("two")
    ids = [call["id"] for call in page.comm.custom("call")]
    assert len(set(ids)) == 2


def test_a_result_becomes_the_futures_result(chat):
    page = connected(chat)
    first, second = chat.call("one"), chat.call("two")
    one, two = (call["id"] for call in page.comm.custom("call"))
    page.batch(result(two, {"a": [1, None]}), result(one))
    assert (first.result(), second.result()) == (None, {"a": [1, None]})
    assert len(chat.errors) == 0


def test_a_result_comes_in_its_order_among_events(chat):
    order = []
    page = connected(chat)
    call = chat.call("openChat")
    call.add_done_callback(lambda done: order.append("result"))
    chat.on_event(lambda event: order.append(event.type))
    id = page.comm.custom("call")[0]["id"]
    page.batch(event("chatWindowOpen"), result(id), event("chatWindowClosed"))
    assert order == ["chatWindowOpen", "result", "chatWindowClosed"]


def test_a_result_counts_once(chat):
    page = connected(chat)
    future = chat.call("one")
    id = page.comm.custom("call")[0]["id"]
    page.batch(result(id, 1), result(id, 2), result(9_999, 3))
    assert future.result() == 1
    assert len(chat.errors) == 0


def test_an_error_that_nobody_awaits_becomes_a_problem(chat):
    page = connected(chat)
    future = chat.call("nothing")
    page.batch(result(page.comm.custom("call")[0]["id"], error="TypeError: no method"))
    assert [(problem.where, problem.message) for problem in chat.errors] == [
        ("nothing", "TypeError: no method")
    ]
    with pytest.raises(CallError, match="nothing: TypeError: no method"):
        future.result()


def test_an_error_that_a_callback_takes_is_no_problem(chat):
    page = connected(chat)
    taken = []
    chat.call("nothing").add_done_callback(lambda future: taken.append(future.exception()))
    page.batch(result(page.comm.custom("call")[0]["id"], error="no"))
    assert [type(error) for error in taken] == [CallError]
    assert len(chat.errors) == 0


def test_an_awaited_call_returns_its_result_and_raises_its_error(chat, monkeypatch):
    monkeypatch.setattr(waiting, "obstacle", lambda displayed: None)
    page = connected(chat)

    async def cell():
        good, bad = chat.call("good"), chat.call("bad")
        good_id, bad_id = (call["id"] for call in page.comm.custom("call"))
        awaited = asyncio.gather(good, bad, return_exceptions=True)
        await asyncio.sleep(0)
        page.batch(result(good_id, 5), result(bad_id, error="no"))
        return await awaited

    good, bad = asyncio.run(cell())
    assert good == 5
    assert isinstance(bad, CallError)
    assert len(chat.errors) == 0


def test_awaiting_a_pending_call_raises_at_once_where_it_cannot_work(chat):
    future = chat.call("openChat")

    async def cell():
        await future

    with pytest.raises(RuntimeError, match="add_done_callback"):
        asyncio.run(cell())


def test_awaiting_an_answered_call_works_everywhere(chat):
    page = connected(chat)
    future = chat.call("openChat")
    page.batch(result(page.comm.custom("call")[0]["id"], 3))

    async def cell():
        return await future

    assert asyncio.run(cell()) == 3


def test_the_result_of_an_unanswered_call_never_blocks(chat):
    with pytest.raises(RuntimeError, match="openChat has not answered yet"):
        chat.call("openChat").result()


def test_a_cancelled_call_stays_cancelled(chat):
    page = connected(chat)
    future = chat.call("openChat")
    assert future.cancel()
    page.batch(result(page.comm.custom("call")[0]["id"], 3))
    assert future.cancelled()
    assert len(chat.errors) == 0


def lose_by_release(chat, page):
    page.release()


def lose_by_setting(chat, page):
    chat.preset = "other"


def lose_by_take_over(chat, page):
    Page(chat, "page-b").want(take=True)


def lose_by_retry(chat, page):
    chat.retry()


@pytest.mark.parametrize(
    "lose", [lose_by_release, lose_by_setting, lose_by_take_over, lose_by_retry]
)
def test_a_call_whose_stage_is_lost_fails_and_is_not_repeated(chat, lose):
    page = connected(chat)
    future = chat.call("openChat")
    lose(chat, page)
    with pytest.raises(CallError, match="openChat: the stage was"):
        future.result()
    connected(chat, "page-b")
    Page(chat, "page-a").want(take=True).connect()
    assert sent(page) == [("openChat", [])]


def test_a_call_that_was_kept_goes_to_the_stage_that_becomes_ready(chat):
    first = Page(chat).want()
    future = chat.call("openChat")
    first.release()
    assert not future.done()
    connected(chat, "page-b")
    assert sent(first) == [("openChat", [])]


def test_a_failed_stage_gets_no_calls(chat):
    page = connected(chat)
    page.batch(failed())
    future = chat.call("openChat")
    assert sent(page) == []
    assert not future.done()


def test_a_stage_that_is_replaced_by_a_callback_gets_no_calls_of_the_next(chat, page):
    def change(seen):
        chat.preset = "other"
        chat.call("openChat")

    chat.on_event(change)
    page.batch(state("loading"), event(), state("ready"))
    assert len(page.grants()) == 2
    assert sent(page) == [], "the fresh stage is not ready yet"
    page.run()
    page.batch(state("ready"), load="load of the fresh stage")
    assert sent(page) == [("openChat", [])]


@pytest.mark.parametrize("method", sorted(RESERVED))
def test_a_method_that_the_widget_uses_itself_is_refused_with_what_to_use(chat, method):
    with pytest.raises(ValueError, match="use ") as raised:
        chat.call(method)
    assert RESERVED[method] in str(raised.value)


@pytest.mark.parametrize("method", ["", "open chat", "a.b", "1a", "a()", "x" * 101, None, 5, "é"])
def test_what_is_no_methods_name_is_refused(chat, method):
    with pytest.raises(ValueError, match="is not the name of a method"):
        chat.call(method)


@pytest.mark.parametrize("arg", [object(), {1, 2}, b"x", float("nan"), float("inf"), lambda: 0])
def test_an_argument_without_a_json_is_refused(chat, arg):
    with pytest.raises(TypeError, match="must be JSON"):
        chat.call("openChat", arg)
    with pytest.raises(TypeError, match="must be JSON"):
        chat.add_custom_data("name", arg)
    assert chat._run.custom_data == {}


def test_an_argument_without_an_end_is_refused(chat):
    loop: list = []
    loop.append(loop)
    with pytest.raises(TypeError, match="must be JSON"):
        chat.call("openChat", loop)


def test_arguments_are_taken_as_they_are_at_the_call(chat):
    args = [1]
    chat.call("openChat", args)
    args.append(2)
    assert sent(connected(chat)) == [("openChat", [[1]])]


def test_open_chat_says_whether_to_enqueue_only_if_so(chat):
    page = connected(chat)
    chat.open_chat()
    chat.open_chat(enqueue=True)
    assert sent(page) == [("openChat", []), ("openChat", [True])]


def test_custom_data_is_given_to_every_fresh_stage(chat):
    chat.add_custom_data("name", "Eva")
    chat.add_custom_data("vip", True)
    page = Page(chat).want()
    assert page.run()["customData"] == [["name", "Eva"], ["vip", True]]
    chat.preset = "other"
    assert page.run()["customData"] == [["name", "Eva"], ["vip", True]]


def test_custom_data_of_a_live_stage_is_told_to_it_and_to_the_next(chat):
    page = connected(chat)
    chat.add_custom_data("name", "Eva")
    chat.add_custom_data("name", "Iva")
    chat.add_custom_data("vip", True)
    chat.remove_custom_data("vip")
    assert sent(page) == [
        ("addCustomData", ["name", "Eva"]),
        ("addCustomData", ["name", "Iva"]),
        ("addCustomData", ["vip", True]),
        ("removeCustomData", ["vip"]),
    ]
    chat.retry()
    assert page.run()["customData"] == [["name", "Iva"]]


def test_custom_data_set_while_a_stage_has_failed_is_told_once_to_the_next(chat):
    page = Page(chat).want()
    page.batch(failed())
    chat.add_custom_data("a", 1)
    chat.add_custom_data("a", 2)
    chat.retry()
    assert page.run()["customData"] == [["a", 2]]
    page.batch(state("ready"), load="page-a.second")
    assert sent(page) == []


def test_custom_data_is_never_in_synced_state_or_repr(chat):
    chat.add_custom_data("oo1_guest_ident", "Jane Roe")
    assert "Jane" not in f"{chat!r}{chat.get_state()}{chat._get_embed_state()}"


def test_removing_custom_data_that_is_not_there_is_a_key_error(chat):
    with pytest.raises(KeyError):
        chat.remove_custom_data("name")


def test_the_name_of_custom_data_is_a_text(chat):
    with pytest.raises(TypeError, match="the name of custom data is a text, not 5"):
        chat.add_custom_data(5, "x")


def test_closing_fails_what_was_sent_and_what_was_kept_and_refuses_more(chat):
    kept = OWidget(COMPANY, isolation="opaque")
    waiting_call = kept.call("openChat")
    kept.close()
    connected(chat)
    sent_call = chat.call("openChat")
    chat.close()
    for future in (sent_call, waiting_call):
        with pytest.raises(CallError, match="the widget was closed"):
            future.result()
    with pytest.raises(RuntimeError, match="the widget is closed"):
        chat.call("openChat")
    assert messages(chat) == ["the widget was closed before it answered"]


@pytest.mark.parametrize(
    "use",
    [
        lambda chat: chat.call("openChat", "half \ud83d"),
        lambda chat: chat.add_custom_data("a", "half \ud83d"),
        lambda chat: chat.add_custom_data("half \ud83d", 1),
    ],
)
def test_a_text_that_no_message_can_carry_is_refused_at_once(chat, use):
    with pytest.raises(TypeError, match="must be JSON"):
        use(chat)
    page = connected(chat)
    assert (page.run()["customData"], sent(page)) == ([], [])


def test_what_a_pending_call_failed_with_never_blocks(chat):
    with pytest.raises(RuntimeError, match="has not answered yet"):
        chat.call("openChat").exception()


def test_only_so_many_calls_are_under_way_at_once_and_answers_let_the_next_go(chat):
    page = connected(chat)
    futures = [chat.call("openChat", number) for number in range(UNDER_WAY + 5)]
    assert len(sent(page)) == UNDER_WAY
    for answered in range(UNDER_WAY + 5):
        page.batch(result(page.comm.custom("call")[answered]["id"], answered))
        assert len(sent(page)) == min(UNDER_WAY + answered + 1, UNDER_WAY + 5)
    assert [args for _, args in sent(page)] == [[number] for number in range(UNDER_WAY + 5)]
    assert [future.result(0) for future in futures] == list(range(UNDER_WAY + 5))
