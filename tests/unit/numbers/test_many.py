from __future__ import annotations

from collections import Counter

import numpy
import pandas
import pytest

from owidget_jupyter import NumberPolicy
from owidget_jupyter.numbers import judging, many

CZ = NumberPolicy("CZ")
WRITTEN = ["777 666 555", "mobil", "+421 912 123 456", "777 666 555"]
RIGHT = ["+420 777 666 555", None, "+421 912 123 456", "+420 777 666 555"]
REASONS = ["ok", "characters", "ok", "ok"]


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (list, list),
        (tuple, tuple),
        (iter, list),
        (lambda texts: (text for text in texts), list),
        (lambda texts: dict.fromkeys(texts).keys(), list),
        (pandas.Index, list),
    ],
)
def test_any_collection(make, kind):
    expected = RIGHT[:3]
    normalized = CZ.normalize_many(make(WRITTEN[:3]))
    assert type(normalized) is kind
    assert list(normalized) == expected
    explained = CZ.explain_many(make(WRITTEN[:3]))
    assert type(explained) is kind
    assert [each.reason for each in explained] == REASONS[:3]


def test_nothing():
    assert CZ.normalize_many([]) == []
    assert CZ.normalize_many((), return_summary=True)[1].total == 0
    assert CZ.explain_many(()) == ()


def test_an_array():
    for dtype in (object, "U20"):
        result = CZ.normalize_many(numpy.array(WRITTEN, dtype=dtype))
        assert isinstance(result, numpy.ndarray)
        assert result.dtype == object
        assert result.tolist() == RIGHT
    assert [each.reason for each in CZ.explain_many(numpy.array(WRITTEN))] == REASONS
    assert CZ.normalize_many(numpy.array([], dtype=object)).shape == (0,)


@pytest.mark.parametrize("dtype", [object, "str", "string", "category"])
def test_a_series(dtype):
    series = pandas.Series([*WRITTEN, None], index=[7, 7, 1, 2, 3], name="phone", dtype=dtype)
    result = CZ.normalize_many(series)
    expected = pandas.Series(
        [*RIGHT, None],
        index=series.index,
        name="phone",
        dtype=object if dtype == "category" else dtype,
    )
    pandas.testing.assert_series_equal(result, expected)
    explained = CZ.explain_many(series)
    assert explained.dtype == object
    assert explained.index.equals(series.index)
    assert explained.name == "phone"
    assert [each.reason for each in explained] == [*REASONS, "empty"]


def test_what_is_missing_in_a_series_of_objects_is_none():
    result = CZ.normalize_many(pandas.Series(["mobil", None, float("nan")], dtype=object))
    assert result.tolist() == [None, None, None]


def test_an_empty_series():
    for dtype in (object, "str"):
        result = CZ.normalize_many(pandas.Series([], dtype=dtype, name="phone"))
        assert len(result) == 0
        assert (result.dtype, result.name) == (dtype, "phone")


def test_missing_values_are_no_numbers():
    nans = [float("nan"), numpy.float64("nan"), numpy.float32("nan")]
    missing = [None, *nans, pandas.NA, pandas.NaT]
    normalized, summary = CZ.normalize_many(missing, return_summary=True)
    assert normalized == [None] * len(missing)
    assert summary == {"empty": len(missing)}
    assert {each.reason for each in CZ.explain_many(missing)} == {"empty"}
    assert CZ.normalize_many(pandas.Series([float("nan")])).tolist() == [None]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["777666555", 777666555], "position 1 is of type int, .* read the column as text"),
        ([777666555.0], "position 0 is of type float, .*dtype={'phone': str}"),
        (pandas.Series([777666555, 608123321]), "position 0 is of type int, "),
        (pandas.Series([None, 777666555]), "position 1 is of type float, "),
        (numpy.array([777666555]), "position 0 is of type int, "),
        ([b"777666555"], "of type bytes, and neither text nor missing"),
        ([["777666555"]], "of type list"),
        ([True], "of type bool"),
        ("777666555", r"no collection, but of type str; .* normalize or explain"),
        (b"777666555", "no collection, but of type bytes"),
        ({"phone": "777666555"}, "no collection, but of type dict"),
        (777666555, "no collection, but of type int"),
        (None, "no collection, but of type NoneType"),
        (pandas.DataFrame({"phone": ["777666555"]}), r"DataFrame; give one of its columns"),
        (numpy.array([["777666555"]]), "2 dimensions"),
        (numpy.array("777666555"), "0 dimensions"),
    ],
)
def test_what_are_no_numbers_is_refused_before_any_is_judged(numbers, said, monkeypatch):
    monkeypatch.setattr(judging, "judge", lambda *_: pytest.fail("judged already"))
    for each in (CZ.normalize_many, CZ.explain_many):
        with pytest.raises(TypeError, match=said) as raised:
            each(numbers)
        assert "777666555" not in str(raised.value)


def test_each_text_is_judged_once(monkeypatch):
    judged = Counter()

    def judge(text, policy, judge=judging.judge):
        judged[text] += 1
        return judge(text, policy)

    monkeypatch.setattr(judging, "judge", judge)
    assert CZ.normalize_many([*WRITTEN, None, *WRITTEN]) == [*RIGHT, None, *RIGHT]
    assert judged == dict.fromkeys(WRITTEN, 1)


def test_a_summary_behind_the_numbers():
    normalized, summary = CZ.normalize_many((*WRITTEN, None), return_summary=True)
    assert normalized == (*RIGHT, None)
    assert summary == {"ok": 3, "characters": 1, "empty": 1}


class TestProgress:
    def test_a_bar_ends_with_the_summary(self, capsys):
        assert CZ.normalize_many([*WRITTEN, None], progress=True) == [*RIGHT, None]
        out, shown = capsys.readouterr()
        assert not out
        assert "3/3" in shown
        assert shown.splitlines()[-1].rstrip().endswith("3 ok, 1 empty, 1 characters]")
        assert not any(number in shown for number in WRITTEN)

    def test_explaining_has_one_too(self, capsys):
        CZ.explain_many(WRITTEN, progress=True)
        assert "3 ok, 1 characters]" in capsys.readouterr().err

    def test_only_for_many(self, capsys, monkeypatch):
        monkeypatch.setattr(many, "LONG", 2)
        CZ.normalize_many(["7", "8"] * 10)
        assert not capsys.readouterr().err
        CZ.normalize_many(["7", "8", "9"])
        assert "3/3" in capsys.readouterr().err

    def test_not_where_none_is_wanted(self, capsys, monkeypatch):
        monkeypatch.setattr(many, "LONG", 0)
        CZ.normalize_many(WRITTEN, progress=False)
        assert not capsys.readouterr().err

    @pytest.mark.parametrize("progress", [1, "yes"])
    def test_wanted_or_not(self, progress):
        for each in (CZ.normalize_many, CZ.explain_many):
            with pytest.raises(TypeError, match="progress is True, False or None"):
                each(WRITTEN, progress=progress)
