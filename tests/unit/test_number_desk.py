from __future__ import annotations

import asyncio
import threading

import pytest

from owidget_jupyter import ProblemLog
from owidget_jupyter.stage.numbers import NumberDesk

NUMBER = "608 123 321"
GOOD = "+420 608 123 321"


@pytest.fixture
def problems():
    return ProblemLog(lambda: None)


@pytest.fixture
def desk(problems):
    return NumberDesk(problems, limit=10)


def ask(desk: NumberDesk, number: str = NUMBER) -> str | None:
    return asyncio.run(desk.answer(number))


def only(problems: ProblemLog) -> str:
    assert len(problems) == 1
    assert NUMBER not in f"{problems[0]}"
    return problems[0].message


def test_the_functions_answer_is_the_answer(desk, problems):
    desk.function = lambda number: f"+420 {number}"
    assert ask(desk) == GOOD
    assert len(problems) == 0


def test_none_means_an_invalid_number_and_is_no_problem(desk, problems):
    desk.function = lambda number: None
    assert ask(desk) is None
    assert len(problems) == 0


def test_without_a_function_there_is_no_answer_and_a_problem(desk, problems):
    assert ask(desk) is None
    assert only(problems) == "a number was asked for, but no function is set"


def test_a_function_that_raises_gives_no_answer_and_its_traceback(desk, problems):
    def broken(number):
        raise KeyError("region")

    desk.function = broken
    assert ask(desk) is None
    assert only(problems) == "KeyError: 'region'"
    assert "in broken" in problems[0].traceback


def test_a_problem_does_not_repeat_a_number_that_an_exception_repeats(desk, problems):
    desk.function = lambda number: str(int(number))
    assert ask(desk) is None
    assert only(problems).startswith("ValueError: invalid literal for int()")
    assert "in <lambda>" in problems[0].traceback


@pytest.mark.parametrize(
    "answer",
    [
        42,
        True,
        "abc",
        "",
        "608123321",
        "+",
        "+0 608 123 321",
        "+420 608\n123",
        "+420 608 123 321 (mobil)",
        "+" + "4" * 60,
        b"+420608123321",
        [GOOD],
    ],
)
def test_an_answer_in_no_international_format_is_not_passed_on(desk, problems, answer):
    desk.function = lambda number: answer
    assert ask(desk) is None
    assert only(problems).endswith(f"of type {type(answer).__name__}")


def test_a_wrong_answer_is_not_repeated_in_the_problem(desk, problems):
    desk.function = lambda number: f"{number}!"
    ask(desk)
    assert NUMBER not in only(problems)


def test_a_function_runs_in_a_thread_of_its_own(desk):
    threads = []
    desk.function = lambda number: threads.append(threading.current_thread())
    ask(desk)
    assert threads[0] not in (threading.current_thread(), threading.main_thread())
    assert threads[0].daemon, "it must not keep the kernel alive"


def test_one_number_is_asked_for_at_a_time(desk):
    inside, seen = threading.Lock(), []

    def function(number):
        assert inside.acquire(blocking=False), "two at a time"
        seen.append(number)
        inside.release()

    desk.function = function

    async def ask_all():
        await asyncio.gather(*(desk.answer(str(number)) for number in range(20)))

    asyncio.run(ask_all())
    assert seen == [str(number) for number in range(20)]


def test_a_function_that_overruns_gives_no_answer_and_is_not_asked_until_it_returned(problems):
    desk = NumberDesk(problems, limit=0.05)
    leave, left = threading.Event(), threading.Event()

    def slow(number):
        assert leave.wait(10)
        left.set()
        return GOOD

    desk.function = slow

    async def scene():
        assert await desk.answer(NUMBER) is None
        assert await desk.answer(NUMBER) is None
        leave.set()
        await asyncio.to_thread(left.wait, 10)
        while desk._overrun is not None and not desk._overrun.done():
            await asyncio.sleep(0)
        desk._limit = 10
        return await desk.answer(NUMBER)

    assert asyncio.run(scene()) == GOOD
    messages = [problem.message for problem in problems]
    assert "took longer than 0.05 s" in messages[0]
    assert messages[1:] == ["suspended until the call that overran has returned"]


def test_a_function_that_raises_after_it_overran_troubles_nobody(problems, caplog):
    desk = NumberDesk(problems, limit=0.05)
    leave = threading.Event()

    def slow(number):
        assert leave.wait(10)
        raise ValueError(number)

    desk.function = slow

    async def scene():
        await desk.answer(NUMBER)
        leave.set()
        await asyncio.wait([desk._overrun])

    asyncio.run(scene())
    assert len(problems) == 1
    assert caplog.records == []


def test_a_function_that_exits_gives_no_answer_and_a_problem(desk, problems):
    def exits(number):
        raise SystemExit(1)

    desk.function = exits
    assert ask(desk) is None
    assert only(problems) == "RuntimeError: the function ended with SystemExit(1)"
