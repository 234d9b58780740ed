"""Python and the page answer alike: over the corpus, over whatever else, and as the library does.

There are no exceptions. What made them agree is said where it is done: the gate, the reading of
numbers whose calling code lacks its "+" (`judging`), and whose plan a number is read by
(``js/src/numbers/reading.ts``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from owidget_jupyter import NumberPolicy
from owidget_jupyter.numbers import gate

from ...numbers_corpus import Written, corpus
from .node import answers
from .vectors import VECTORS

TEN = ["AT", "CZ", "DE", "GG", "HU", "IT", "KZ", "PL", "SK", "US"]


@pytest.fixture(scope="module")
def written() -> list[Written]:
    return corpus()


@pytest.fixture(scope="module")
def texts(written: list[Written]) -> list[str]:
    return list(dict.fromkeys(text for _, text in written))


def by_region(written: Iterable[Written]) -> dict[str | None, list[str]]:
    texts = defaultdict(list)
    for region, text in written:
        texts[region].append(text)
    return texts


def accepted_alike(jobs: Sequence[tuple[NumberPolicy, Sequence[str]]]) -> int:
    """Compare both sides' answers, and return how many numbers were accepted."""
    accepted = 0
    for (policy, numbers), there in zip(jobs, answers(jobs), strict=True):
        here = policy.normalize_many(list(numbers), progress=False)
        different = [
            (number, mine, theirs)
            for number, mine, theirs in zip(numbers, here, there, strict=True)
            if mine != theirs
        ]
        assert not different, f"{policy} (number, Python, page): {different[:20]}"
        accepted += len(here) - here.count(None)
    return accepted


def test_every_region_in_every_spelling(written):
    assert len(written) > 100_000
    jobs = [(NumberPolicy(region), texts) for region, texts in by_region(written).items()]
    assert len(jobs) == len(phonenumbers.SUPPORTED_REGIONS) + 1
    assert accepted_alike(jobs) > 30_000


@pytest.mark.parametrize(
    ("policy", "least"),
    [
        (NumberPolicy("CZ", ["CZ"]), 100),
        (NumberPolicy("GG", ["GG"]), 100),
        (NumberPolicy("DE", TEN), 1_000),
        (NumberPolicy("BS", phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1]), 1_000),
        (NumberPolicy(None, ["001"]), 50),
        (NumberPolicy("JP", None, ["voip", "uan", "shared_cost"]), 1_000),
        (NumberPolicy("GB", ["GB", "JE", "US"], ["mobile", "personal", "pager"]), 100),
    ],
    ids=["one", "one-that-shares", "ten", "all-of-1", "none", "types", "regions-and-types"],
)
def test_policies_that_need_only_a_part_of_the_metadata(policy, least, texts):
    assert accepted_alike([(policy, texts)]) > least


def test_the_vectors():
    jobs = [(NumberPolicy(region), [number]) for region, number, _ in VECTORS]
    assert answers(jobs) == [[expected] for _, _, expected in VECTORS]


SHAPED = st.text(st.sampled_from("0123456789" * 3 + "+().-/ \u00a0\t"), max_size=24)
STRANGE = st.text(st.characters(codec=None), max_size=8)
REGIONS = st.none() | st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS))


@settings(max_examples=20)
@given(st.dictionaries(REGIONS, st.lists(SHAPED | STRANGE, max_size=100), max_size=5))
def test_anything(groups):
    accepted_alike([(NumberPolicy(region), numbers) for region, numbers in groups.items()])


def test_as_the_library_itself_but_for_a_calling_code_without_its_plus(written):
    """The library also takes a "+" away, where no calling code behind it exists."""
    source = phonenumbers.CountryCodeSource
    differ = set()
    for region, texts in by_region(written[::5]).items():
        policy = NumberPolicy(region)
        for text in texts:
            trimmed = gate.trim(text)
            if not gate.has_shape(trimmed) or len(trimmed) > gate.LIMIT:
                continue
            plain, how = by_the_library(trimmed.translate(KNOWN_SPACES), region)
            if policy.normalize(text) != plain:
                differ.add((trimmed.startswith("+"), how))
    assert (False, source.FROM_NUMBER_WITHOUT_PLUS_SIGN) in differ
    assert (True, source.FROM_NUMBER_WITH_PLUS_SIGN) not in differ
    assert (False, source.FROM_NUMBER_WITH_IDD) not in differ
    assert (False, source.FROM_DEFAULT_COUNTRY) not in differ
    assert not any(how is None for _, how in differ)


#: The gate knows more spaces than the library.
KNOWN_SPACES = dict.fromkeys(map(ord, gate.SPACES), " ")


def by_the_library(text: str, region: str | None) -> tuple[str | None, int | None]:
    """Return what the library makes of a text, and how it came by the calling code."""
    try:
        number = phonenumbers.parse(text, region, keep_raw_input=True)
    except phonenumbers.NumberParseException:
        return None, None
    if not phonenumbers.is_valid_number(number):
        return None, number.country_code_source
    format = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return gate.grouped(phonenumbers.format_number(number, format)), number.country_code_source
