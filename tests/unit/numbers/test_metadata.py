from __future__ import annotations

import json

import phonenumbers
import pytest

from owidget_jupyter.numbers.metadata import export

REGIONS_OF_1 = set(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1])


def exported(*regions: str) -> dict:
    return json.loads(export(frozenset(regions)))


def test_one_region():
    metadata = exported("CZ")
    assert metadata["version"] == 4
    assert metadata["country_calling_codes"] == {"420": ["CZ"]}
    assert metadata["nonGeographic"] == {}
    assert list(metadata["countries"]) == ["CZ"]
    code, abroad, pattern, lengths, formats, *rest, types = metadata["countries"]["CZ"]
    assert (code, abroad) == ("420", "00")
    assert phonenumbers.re_util.re.fullmatch(pattern, "777666555")
    assert lengths == [9, 10, 11, 12]
    assert formats[0] == ["(\\d{3})(\\d{3})(\\d{3})", "$1 $2 $3", ["[2-8]|9[015-7]"]]
    assert rest == [0] * 6
    assert len(types) == 10
    assert types[1][1:] == [[9]]


def test_regions_that_share_a_calling_code_come_together():
    metadata = exported("CA", "SK")
    assert set(metadata["countries"]) == REGIONS_OF_1 | {"SK"}
    assert metadata["country_calling_codes"]["1"][0] == "US"


def test_numbers_of_no_region_only_where_they_are_wanted():
    codes = {str(code) for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS}
    metadata = exported("001", "CZ")
    assert set(metadata["nonGeographic"]) == codes
    assert list(metadata["country_calling_codes"]) == ["420"]
    assert exported("001")["countries"] == {}


def test_all():
    metadata = json.loads(export(None))
    assert set(metadata["countries"]) == phonenumbers.SUPPORTED_REGIONS
    assert len(metadata["nonGeographic"]) == len(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS)
    for region in ("CZ", "GG", "US"):
        assert metadata["countries"][region] == exported(region)["countries"][region]


@pytest.mark.parametrize(("region", "same"), [("US", True), ("CZ", False)])
def test_mobile_numbers_that_are_the_fixed_line_ones_are_told_so(region, same):
    assert (exported(region)["countries"][region][11][1][0] == "") is same


def test_what_is_dialled_within_an_area_only_has_no_format():
    patterns = [format[0] for format in exported("AR")["countries"]["AR"][4]]
    assert r"(\d{3})(\d{4})" not in patterns
    assert r"(\d{2})(\d{4})(\d{4})" in patterns


def test_it_is_made_once():
    assert export(frozenset(["CZ", "SK"])) is export(frozenset(["SK", "CZ"]))


def test_it_is_ascii_without_spaces():
    text = export(frozenset(["CZ"]))
    assert text.isascii()
    assert json.dumps(json.loads(text), separators=(",", ":")) == text
