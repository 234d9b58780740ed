"""What is imported when: widgets without number rules are not to wait for a library of numbers."""

from __future__ import annotations

from functools import partial

import pytest

from ..importing import loaded_after

libraries_after = partial(loaded_after, of=("phonenumbers", "tqdm", "pandas", "numpy"))


@pytest.mark.parametrize(
    "code",
    [
        "import owidget_jupyter",
        "import owidget_jupyter.numbers",
        "from owidget_jupyter import *",
        "from owidget_jupyter import NumberPolicy; NumberPolicy()",
    ],
)
def test_nothing_until_it_is_needed(code):
    assert libraries_after(code) == []


def test_judging_numbers_takes_the_library_of_numbers_and_nothing_else():
    code = """
from owidget_jupyter import NumberPolicy
assert NumberPolicy("CZ").normalize("777 666 555")
assert NumberPolicy("CZ").normalize_many(["777 666 555"])
"""
    assert libraries_after(code) == ["phonenumbers"]


def test_many_threads_may_be_the_first():
    code = """
from threading import Barrier
from concurrent.futures import ThreadPoolExecutor
from owidget_jupyter import NumberPolicy
sys.setswitchinterval(1e-6)
barrier = Barrier(16)
def first(place):
    barrier.wait()
    return NumberPolicy("CZ").normalize(f"777 666 5{place:02}")
with ThreadPoolExecutor(16) as pool:
    found = list(pool.map(first, range(16)))
assert found == [f"+420 777 666 5{place:02}" for place in range(16)], found
from phonenumbers import re_util
assert re_util._COMPILED_PATTERNS
"""
    assert libraries_after(code) == ["phonenumbers"]
