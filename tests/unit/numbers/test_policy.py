from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import pytest

from owidget_jupyter import NumberPolicy, NumberReason, NumberType

from .vectors import VECTORS


@pytest.mark.parametrize(("region", "written", "expected"), VECTORS)
def test_a_number_is_written_by_e123_or_refused(region, written, expected):
    policy = NumberPolicy(region)
    assert policy.normalize(written) == expected
    explanation = policy.explain(written)
    assert explanation.number == expected
    assert (explanation.reason == "ok") is (expected is not None)


def test_what_is_accepted_is_accepted_again_as_it_was_written():
    assert NumberPolicy().normalize("+420 777 666 555") == "+420 777 666 555"


def test_a_policy_is_a_value():
    policy = NumberPolicy("cz", {"sk", "CZ", "001", "Sk"}, ["fixed_line", NumberType.MOBILE])
    same = NumberPolicy("CZ", ("001", "CZ", "SK"), (NumberType.MOBILE, "fixed_line", "mobile"))
    assert policy == same
    assert hash(policy) == hash(same)
    assert policy != NumberPolicy("CZ")
    assert policy.default_region == "CZ"
    assert policy.allowed_regions == ("001", "CZ", "SK")
    assert policy.allowed_types == (NumberType.MOBILE, NumberType.FIXED_LINE)
    assert pickle.loads(pickle.dumps(policy)) == policy
    with pytest.raises(FrozenInstanceError):
        policy.default_region = "SK"


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        (NumberPolicy(), "NumberPolicy()"),
        (NumberPolicy("cz"), "NumberPolicy(default_region='CZ')"),
        (
            NumberPolicy(allowed_regions=["SK"], allowed_types=["voip"]),
            "NumberPolicy(allowed_regions=['SK'], allowed_types=['voip'])",
        ),
    ],
)
def test_its_repr_makes_it_again(policy, text):
    assert repr(policy) == text
    assert eval(text) == policy


def test_a_generator_may_name_the_regions():
    assert NumberPolicy(allowed_regions=(r for r in ["CZ", "SK"])).normalize("+421 912 123 456")


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"default_region": "UK"}, ValueError, "'UK' .* 'CZ', 'GB' or 'US'.* 'GB' may be meant"),
        ({"default_region": "el"}, ValueError, "'GR' may be meant"),
        ({"default_region": "USA"}, ValueError, "two letters by ISO 3166"),
        ({"default_region": "+420"}, ValueError, r"\+420 is the calling code of 'CZ'"),
        ({"default_region": "1"}, ValueError, r"\+1 is the calling code of 'US', .*, …$"),
        ({"default_region": "001"}, ValueError, "allowed_regions takes it"),
        ({"default_region": "AQ"}, ValueError, "region with phone numbers"),
        ({"default_region": "ſk"}, ValueError, "ISO 3166"),
        ({"default_region": ""}, ValueError, "ISO 3166"),
        ({"default_region": 420}, TypeError, "default_region 420 .* as text"),
        ({"default_region": ["CZ"]}, TypeError, "as text"),
        ({"allowed_regions": "CZ"}, TypeError, "'CZ' is no collection; give a list"),
        ({"allowed_regions": {"CZ": 1}}, TypeError, "no collection"),
        ({"allowed_regions": 420}, TypeError, "no collection"),
        ({"allowed_regions": []}, ValueError, "allowed_regions is empty"),
        ({"allowed_regions": ["CZ", "UK"]}, ValueError, "'GB' may be meant"),
        ({"allowed_regions": ["CZ", None]}, TypeError, "allowed_regions None .*'001' stands for"),
        ({"allowed_types": "mobile"}, TypeError, r"no collection; give a list, such as \['mob"),
        ({"allowed_types": ()}, ValueError, "allowed_types is empty"),
        ({"allowed_types": ["cell"]}, ValueError, "'cell' is no type of number; .*'mobile', 'fix"),
        ({"allowed_types": [1]}, TypeError, "1 is no type of number"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_at_once(arguments, error, said):
    with pytest.raises(error, match=said):
        NumberPolicy(**arguments)


@pytest.mark.parametrize("number", [None, 777666555, b"777666555", ["777666555"]])
def test_a_number_is_text(number):
    for judge in (NumberPolicy("CZ").normalize, NumberPolicy("CZ").explain):
        with pytest.raises(TypeError, match=f"not {type(number).__name__}"):
            judge(number)


def test_only_allowed_regions():
    policy = NumberPolicy("CZ", allowed_regions=["SK", "001"])
    assert policy.normalize("777 666 555") is None
    assert policy.normalize("00421 912 123 456") == "+421 912 123 456"
    assert policy.normalize("+800 1234 5678") == "+800 1234 5678"


def test_regions_that_share_a_calling_code_are_told_apart():
    assert NumberPolicy("US", allowed_regions=["CA"]).normalize("650 253 0000") is None
    assert NumberPolicy("US", allowed_regions=["CA"]).normalize("506 234 5678")
    assert NumberPolicy("GB", allowed_regions=["GB"]).normalize("07781 123456") is None  # Guernsey


def test_only_allowed_types():
    policy = NumberPolicy("CZ", allowed_types=["mobile"])
    assert policy.normalize("777 666 555")
    assert policy.normalize("212 345 678") is None


@pytest.mark.parametrize("type", ["mobile", "fixed_line"])
def test_a_number_that_may_be_either_is_both(type):
    assert NumberPolicy("US", allowed_types=[type]).normalize("650 253 0000")


def test_pages_are_told_the_rules():
    policy = NumberPolicy("cz", ["SK", "CZ"], ["mobile"])
    assert policy._rules() == {"region": "CZ", "regions": ["CZ", "SK"], "types": ["mobile"]}
    assert NumberPolicy()._rules() == {"region": None, "regions": None, "types": None}


@pytest.mark.parametrize(
    ("policy", "regions"),
    [
        (NumberPolicy("CZ"), None),
        (NumberPolicy(), None),
        (NumberPolicy(allowed_regions=["SK"]), {"SK"}),
        (NumberPolicy("CZ", ["SK", "001"]), {"CZ", "SK", "001"}),
    ],
)
def test_pages_are_told_of_the_regions_that_matter(policy, regions):
    assert policy._needed_regions() == regions


def test_members_are_their_names():
    assert NumberType("mobile") is NumberType.MOBILE
    assert f"{NumberReason.TOO_SHORT}" == "too_short"
