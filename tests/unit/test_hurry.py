from __future__ import annotations

import sys

import pytest

from owidget_jupyter.numbers.hurry import SHORT, hurry


@pytest.fixture(autouse=True)
def usual():
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    yield 0.005
    sys.setswitchinterval(before)


def test_threads_take_turns_quickly_until_the_last_one_is_done(usual):
    with hurry():
        with hurry():
            assert sys.getswitchinterval() == pytest.approx(SHORT)
        assert sys.getswitchinterval() == pytest.approx(SHORT)
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_a_hurry_ends_with_what_is_raised_in_it(usual):
    with pytest.raises(ZeroDivisionError), hurry():
        1 / 0  # noqa: B018
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_an_interval_that_is_shorter_already_stays():
    sys.setswitchinterval(SHORT / 2)
    with hurry():
        assert sys.getswitchinterval() == pytest.approx(SHORT / 2, abs=2e-6)


def test_the_interval_does_not_shrink_from_time_to_time():
    sys.setswitchinterval(0.0049)
    before = sys.getswitchinterval()
    for _ in range(10):
        with hurry():
            pass
    assert sys.getswitchinterval() == before
