from __future__ import annotations

import threading
from functools import partial

import pytest

from owidget_jupyter.delivery import LONG, Delivery


def test_a_step_runs_at_once_where_none_is_running():
    done = []
    Delivery(pytest.fail).post(lambda: done.append(1))
    assert done == [1]


def test_a_step_posted_by_a_step_runs_after_it():
    order = []
    delivery = Delivery(pytest.fail)

    def outer() -> None:
        delivery.post(lambda: order.append("inner"))
        order.append("outer")

    delivery.post(outer)
    assert order == ["outer", "inner"]


def test_a_step_that_is_put_waits_for_the_next_run():
    order = []
    delivery = Delivery(pytest.fail)
    delivery.put(lambda: order.append(1))
    delivery.put(lambda: order.append(2))
    assert order == []
    delivery.run()
    delivery.run()
    assert order == [1, 2]


def test_a_step_that_raises_is_told_of_and_the_next_still_runs():
    raised, done = [], []
    delivery = Delivery(raised.append)

    def outer() -> None:
        delivery.post(lambda: done.append(1))
        raise KeyError("x")

    delivery.post(outer)
    assert [type(error) for error in raised] == [KeyError]
    assert done == [1]


def test_an_interrupt_goes_through_after_the_rest_has_run():
    raised, order = [], []
    delivery = Delivery(raised.append)

    def outer() -> None:
        delivery.post(lambda: order.append("kept"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        delivery.post(outer)
    assert order == ["kept"]
    assert [type(error) for error in raised] == [KeyboardInterrupt]
    assert not delivery.running_here
    delivery.post(lambda: order.append("next"))
    assert order == ["kept", "next"]


def test_it_knows_the_thread_that_is_in_the_middle_of_a_step():
    delivery = Delivery(pytest.fail)
    seen = []

    def step() -> None:
        seen.append(delivery.running_here)
        other = threading.Thread(target=lambda: seen.append(delivery.running_here))
        other.start()
        other.join()

    delivery.post(step)
    assert seen == [True, False]
    assert not delivery.running_here


def test_what_another_thread_posts_meanwhile_is_run_by_the_one_that_runs():
    delivery = Delivery(pytest.fail)
    entered, posted = threading.Event(), threading.Event()
    ran_in = []

    def slow() -> None:
        entered.set()
        assert posted.wait(10)

    runner = threading.Thread(target=delivery.post, args=(slow,))
    runner.start()
    assert entered.wait(10)
    delivery.post(lambda: ran_in.append(threading.get_ident()))
    assert ran_in == [], "posting does not wait"
    posted.set()
    runner.join(10)
    assert ran_in == [runner.ident]


def test_from_many_threads_every_step_runs_once_alone_and_in_each_threads_order():
    delivery = Delivery(pytest.fail)
    start = threading.Barrier(4)
    inside, ran = threading.Lock(), []

    def step(thread: int, number: int) -> None:
        assert inside.acquire(blocking=False), "two steps at a time"
        ran.append((thread, number))
        inside.release()

    def post_all(thread: int) -> None:
        start.wait()
        for number in range(300):
            delivery.post(partial(step, thread, number))

    threads = [threading.Thread(target=post_all, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ran) == 1_200
    for thread in range(4):
        assert [number for where, number in ran if where == thread] == list(range(300))


@pytest.mark.parametrize("where", ["_more", "_on_raise"])
def test_an_interrupt_between_two_steps_leaves_the_rest_to_the_next_run(monkeypatch, where):
    ran = []
    delivery = Delivery(on_raise=lambda raised: None)

    def interrupted(*args):
        monkeypatch.undo()
        raise KeyboardInterrupt

    def fail():
        ran.append("fails")
        raise ValueError

    delivery.put(fail)
    delivery.put(lambda: ran.append("second"))
    monkeypatch.setattr(delivery, where, interrupted)
    with pytest.raises(KeyboardInterrupt):
        delivery.run()
    assert not delivery.running_here
    delivery.post(lambda: ran.append("third"))
    assert ran == ["fails", "second", "third"]


def test_it_tells_whether_the_last_run_took_long(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("owidget_jupyter.delivery.monotonic", lambda: now[0])
    delivery = Delivery(pytest.fail)

    def takes(seconds: float) -> None:
        now[0] += seconds

    delivery.post(partial(takes, LONG + 0.01))
    assert delivery.took_long
    delivery.post(partial(takes, LONG - 0.01))
    assert not delivery.took_long
