from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Callable

import pytest

from owidget_jupyter import ProblemLog
from owidget_jupyter.numbers.desk import MOST_WAITING, Answer, Crowded, NumberDesk

NUMBER = "608 123 321"
GOOD = "+420 608 123 321"


@pytest.fixture
def problems():
    return ProblemLog(lambda: None)


@pytest.fixture
def desk(problems):
    return NumberDesk(problems)


def employ(desk: NumberDesk, function: Callable[[str], object], limit: float = 10) -> None:
    desk.employ(function, limit)


def ask(desk: NumberDesk, number: str = NUMBER, submitted: bool = True) -> Answer:
    return asyncio.run(desk.answer(number, submitted=submitted))


def given(number: str | None) -> Answer:
    return Answer(True, number, 1)


NONE = Answer(False, None, 1)


def only(problems: ProblemLog) -> str:
    assert len(problems) == 1
    assert NUMBER not in f"{problems[0]}"
    return problems[0].message


def test_the_functions_answer_is_the_answer(desk, problems):
    employ(desk, lambda number: f"+420 {number}")
    assert ask(desk) == given(GOOD)
    assert len(problems) == 0


def test_none_means_an_invalid_number_and_is_no_problem(desk, problems):
    employ(desk, lambda number: None)
    assert ask(desk) == given(None)
    assert len(problems) == 0


def test_without_a_function_there_is_no_answer_and_a_problem(desk, problems):
    assert ask(desk) == Answer(False, None, 0)
    assert only(problems) == "a number was asked for, but no function is set"


def test_without_a_function_half_a_number_is_no_problem(desk, problems):
    assert ask(desk, submitted=False) == Answer(False, None, 0)
    assert len(problems) == 0


def test_another_function_answers_under_another_version(desk):
    employ(desk, lambda number: GOOD)
    employ(desk, lambda number: None)
    assert ask(desk) == Answer(True, None, 2)
    assert desk.version == 2


def test_a_function_that_raises_gives_no_answer_and_its_traceback(desk, problems):
    def broken(number):
        raise KeyError("region")

    employ(desk, broken)
    assert ask(desk) == NONE
    assert only(problems) == "KeyError: 'region'"
    assert "in broken" in problems[0].traceback


@pytest.mark.parametrize("raised", [StopIteration("x"), SystemExit(1), KeyboardInterrupt("x")])
def test_whatever_a_function_raises_is_a_problem(desk, problems, raised):
    def broken(number):
        raise raised

    employ(desk, broken)
    assert ask(desk) == NONE
    assert only(problems).startswith(f"{type(raised).__name__}: ")
    assert ask(desk) == NONE, "its thread goes on"


@pytest.mark.parametrize(
    "quote", [str, repr, lambda number: number.replace(" ", ""), lambda number: f"+420 {number}"]
)
def test_a_problem_does_not_repeat_a_number_that_an_exception_repeats(desk, problems, quote):
    def broken(number):
        raise ValueError(f"what is {quote(number)}, in line 12?")

    employ(desk, broken)
    assert ask(desk) == NONE
    assert only(problems).startswith("ValueError: what is ")
    problem = problems[0]  # its time may well have those digits
    assert "608" not in problem.where + problem.message + problem.traceback
    assert "in line 12?" in problem.message
    assert "in broken" in problem.traceback


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
        "+4      ",
        "+420 (/.-)",
        "+420" + " " * 30 + "608123321",
        b"+420608123321",
        [GOOD],
    ],
)
def test_an_answer_in_no_international_format_is_not_passed_on(desk, problems, answer):
    employ(desk, lambda number: answer)
    assert ask(desk) == NONE
    assert only(problems).endswith(f"of type {type(answer).__name__}")


def test_a_wrong_answer_is_not_repeated_in_the_problem(desk, problems):
    employ(desk, lambda number: f"{number}!")
    ask(desk)
    assert NUMBER not in only(problems)


@pytest.mark.parametrize("fails", [lambda number: 1 / 0, lambda number: 42])
def test_half_a_number_that_troubles_a_function_is_no_problem(desk, problems, fails):
    employ(desk, fails)
    assert ask(desk, "60", submitted=False) == NONE
    assert len(problems) == 0


def test_a_function_runs_in_one_thread_of_its_own(desk):
    threads = []
    employ(desk, lambda number: threads.append(threading.current_thread()))
    ask(desk)
    ask(desk)
    assert threads[0] not in (threading.current_thread(), threading.main_thread())
    assert threads[0].daemon, "it must not keep the kernel alive"
    assert threads[1] is threads[0]


def test_the_thread_ends_with_the_desk_and_with_its_function(desk):
    threads = []
    employ(desk, lambda number: threads.append(threading.current_thread()))
    ask(desk)
    employ(desk, lambda number: threads.append(threading.current_thread()))
    ask(desk)
    desk.close()
    assert len(set(threads)) == 2
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_a_desk_that_was_closed_gives_no_answer_and_lets_go_of_the_function(desk):
    function = Overrunning()
    kept = weakref.ref(function)
    employ(desk, function)
    desk.close()
    del function
    gc.collect()
    assert kept() is None
    assert not ask(desk).given


def test_one_number_is_asked_for_at_a_time(desk):
    inside, seen = threading.Lock(), []

    def function(number):
        assert inside.acquire(blocking=False), "two at a time"
        seen.append(number)
        inside.release()

    employ(desk, function)

    async def ask_all():
        await asyncio.gather(*(desk.answer(str(number)) for number in range(MOST_WAITING)))

    asyncio.run(ask_all())
    assert seen == [str(number) for number in range(MOST_WAITING)]


def test_of_too_many_at_once_some_are_refused_and_the_others_answered(desk, problems):
    going, go = threading.Event(), threading.Event()

    def slow(number):
        going.set()
        assert go.wait(10)
        return GOOD

    employ(desk, slow)

    async def scene():
        first = asyncio.ensure_future(desk.answer(NUMBER))
        await asyncio.to_thread(going.wait, 10)
        more = [asyncio.ensure_future(desk.answer(NUMBER)) for _ in range(MOST_WAITING + 5)]
        await asyncio.wait(more, return_when=asyncio.FIRST_COMPLETED)
        go.set()
        return await asyncio.gather(first, *more, return_exceptions=True)

    answers = asyncio.run(scene())
    assert answers[: MOST_WAITING + 1] == [given(GOOD)] * (MOST_WAITING + 1)
    assert [type(refused) for refused in answers[MOST_WAITING + 1 :]] == [Crowded] * 5
    assert len(problems) == 0


class Overrunning:
    """A function that returns when it may."""

    def __init__(self, raises: bool = False) -> None:
        self.may, self.back, self.calls = threading.Event(), threading.Event(), 0
        self.raises = raises

    def __call__(self, number: str) -> str:
        self.calls += 1
        if self.calls > 1:
            return GOOD
        try:
            assert self.may.wait(10)
            if self.raises:
                raise ValueError(number)
            return GOOD
        finally:
            self.back.set()


async def back_from(function: Overrunning, desk: NumberDesk) -> None:
    function.may.set()
    await asyncio.to_thread(function.back.wait, 10)
    while desk._duty._overrun is not None and not desk._duty._overrun.done():
        await asyncio.sleep(0)


def test_a_function_that_overruns_is_not_asked_until_it_returned(desk, problems):
    slow = Overrunning()
    employ(desk, slow, limit=0.05)

    async def scene():
        assert await desk.answer(NUMBER) == NONE
        assert await desk.answer(NUMBER) == NONE
        assert await desk.answer(NUMBER, submitted=False) == NONE
        assert slow.calls == 1
        await back_from(slow, desk)
        desk._duty._limit = 10
        return await desk.answer(NUMBER)

    assert asyncio.run(scene()) == given(GOOD)
    first, second = [problem.message for problem in problems]
    assert "took longer than 0.05 s, and is suspended until its call has returned" in first
    assert "is suspended until its call has returned" in second


def test_a_number_that_waited_behind_one_that_overruns_has_a_problem_too(desk, problems):
    slow = Overrunning()
    employ(desk, slow, limit=0.05)

    async def scene():
        waiting = (desk.answer(NUMBER), desk.answer(NUMBER), desk.answer("6", submitted=False))
        assert await asyncio.gather(*waiting) == [NONE] * 3

    asyncio.run(scene())
    slow.may.set()
    assert slow.calls == 1
    assert [problem.message.removeprefix(f"{slow!r} ") for problem in problems] == [
        "took longer than 0.05 s, and is suspended until its call has returned",
        "was busy with other numbers for 0.05 s",
    ]


def test_who_stops_waiting_for_an_answer_has_stopped(desk):
    going, go = threading.Event(), threading.Event()
    employ(desk, lambda number: (going.set(), go.wait(10), GOOD)[-1])

    async def scene():
        answers = [asyncio.ensure_future(desk.answer(NUMBER)) for _ in range(2)]
        await asyncio.to_thread(going.wait, 10)
        for waiting in answers:
            waiting.cancel()
        return await asyncio.gather(*answers, return_exceptions=True)

    outcomes = asyncio.run(scene())
    go.set()
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2


def test_a_function_that_takes_the_place_of_one_that_overruns_is_asked_at_once(desk):
    slow = Overrunning()
    employ(desk, slow, limit=0.05)
    ask(desk)
    employ(desk, lambda number: GOOD)
    assert ask(desk) == Answer(True, GOOD, 2)
    slow.may.set()


def test_a_function_that_raises_after_it_overran_troubles_nobody(desk, problems, caplog):
    slow = Overrunning(raises=True)
    employ(desk, slow, limit=0.05)

    async def scene():
        await desk.answer(NUMBER)
        await back_from(slow, desk)

    asyncio.run(scene())
    assert len(problems) == 1
    assert caplog.records == []


def test_an_answer_is_told_in_the_thread_that_asked_where_a_loop_runs_in_it(desk):
    employ(desk, lambda number: GOOD)

    async def scene():
        told = asyncio.get_running_loop().create_future()
        desk.answer_soon(
            NUMBER, True, lambda answer: told.set_result((answer, threading.current_thread()))
        )
        return await asyncio.wait_for(told, 10)

    assert asyncio.run(scene()) == (given(GOOD), threading.main_thread())


def test_an_answer_is_told_where_no_loop_runs_too(desk):
    employ(desk, lambda number: GOOD)
    answers, told = [], threading.Event()
    desk.answer_soon(NUMBER, True, lambda answer: (answers.append(answer), told.set()))
    assert told.wait(10)
    assert answers == [given(GOOD)]


def test_one_too_many_is_told_that_there_is_no_answer(desk):
    going, go = threading.Event(), threading.Event()
    employ(desk, lambda number: (going.set(), go.wait(10), GOOD)[-1])

    async def scene():
        answers = []
        desk.answer_soon(NUMBER, False, answers.append)
        await asyncio.to_thread(going.wait, 10)
        for _ in range(MOST_WAITING + 1):
            desk.answer_soon(NUMBER, False, answers.append)
        while not answers:
            await asyncio.sleep(0)
        refused = list(answers)
        go.set()
        while len(answers) < MOST_WAITING + 2:
            await asyncio.sleep(0)
        return refused, answers[1:]

    refused, answered = asyncio.run(scene())
    assert refused == [NONE]
    assert answered == [given(GOOD)] * (MOST_WAITING + 1)
