from __future__ import annotations

import re

import pytest

from owidget_jupyter import NumberExplanation, NumberPolicy, NumberReason, NumberType
from owidget_jupyter.numbers.explanation import sentence

CZ = NumberPolicy("CZ")


@pytest.mark.parametrize(
    ("policy", "number", "reason"),
    [
        (CZ, "777 666 555", "ok"),
        (CZ, "", "empty"),
        (CZ, "\u00a0 ", "empty"),
        (CZ, "777 666 555 mobil", "characters"),
        (CZ, "++420 777 666 555", "characters"),
        (CZ, "(+420) 777 666 555", "characters"),
        (CZ, "-", "too_short"),
        (CZ, "+", "too_short"),
        (CZ, "7", "too_short"),
        (CZ, "777 666 55", "too_short"),
        (CZ, "+420 7", "too_short"),
        (CZ, "00 420", "too_short"),
        (CZ, "7" * 65, "too_long"),
        (CZ, "7" * 20, "too_long"),
        (CZ, "777 666 555 4321", "too_long"),
        (NumberPolicy("GB"), "20 7946 001 23", "too_long"),
        (NumberPolicy("AX"), "+47 123456", "wrong_length"),
        (NumberPolicy("US"), "253 0000", "local_only"),
        (NumberPolicy(), "777 666 555", "no_calling_code"),
        (NumberPolicy(), "00420 777 666 555", "no_calling_code"),
        (CZ, "+999 777 666 555", "unknown_calling_code"),
        (CZ, "+0420 777 666 555", "unknown_calling_code"),
        (CZ, "00999 777 666 555", "unknown_calling_code"),
        (CZ, "111 666 555", "not_in_use"),
        (NumberPolicy("CZ", ["SK"]), "777 666 555", "region_not_allowed"),
        (NumberPolicy("CZ", None, ["voip"]), "777 666 555", "type_not_allowed"),
        (NumberPolicy("CZ", ["SK"], ["voip"]), "777 666 555", "region_not_allowed"),
    ],
)
def test_each_reason(policy, number, reason):
    explanation = policy.explain(number)
    assert explanation.reason == reason
    assert (explanation.number is not None) is (reason == "ok")
    known = reason in ("ok", "region_not_allowed", "type_not_allowed")
    assert (explanation.region, explanation.types) == (
        ("CZ", (NumberType.MOBILE,)) if known else (None, ())
    )


def test_every_reason_has_a_case_above():
    (mark,) = test_each_reason.pytestmark
    assert {case[2] for case in mark.args[1]} == set(NumberReason)


def test_it_is_a_value():
    explanation = NumberPolicy("US").explain("650 253 0000")
    assert explanation == NumberExplanation(
        NumberReason.OK,
        "It is accepted.",
        "+1 650 253 0000",
        "US",
        (NumberType.MOBILE, NumberType.FIXED_LINE),
    )
    assert hash(explanation) == hash(NumberPolicy("US").explain("(650) 2530000"))


def test_numbers_of_no_region():
    assert CZ.explain("+800 1234 5678").region == "001"


STRICT = NumberPolicy("CZ", ["AT", "CZ", "001"], ["mobile", "fixed_line"])


@pytest.mark.parametrize("reason", list(NumberReason))
def test_the_sentences_are_sentences_that_say_what_is_accepted(reason):
    said = sentence(reason, STRICT)
    assert re.fullmatch(r"[A-Z][^\n]*[a-z]\.", said)
    assert "accepted" in said
    assert len(said) < 180
    assert not re.search(r"[0-9]{3}|  ", said.replace(f"{64} characters", ""))


def test_the_sentences_name_what_the_policy_accepts():
    assert "numbers of AT, CZ and no region." in sentence(NumberReason.REGION_NOT_ALLOWED, STRICT)
    assert "accepted: mobile and fixed line." in sentence(NumberReason.TYPE_NOT_ALLOWED, STRICT)
    assert "as one dials it in CZ, or with + and" in sentence(NumberReason.EMPTY, STRICT)
    assert "begins with + and" in sentence(NumberReason.EMPTY, NumberPolicy())
    assert sentence(NumberReason.REGION_NOT_ALLOWED, NumberPolicy(None, ["SK"])).endswith("of SK.")


def test_a_long_list_is_cut_short():
    regions = ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"]
    said = sentence(NumberReason.REGION_NOT_ALLOWED, NumberPolicy(None, regions))
    assert said.endswith("AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR and 2 more.")
