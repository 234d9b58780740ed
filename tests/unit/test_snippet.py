"""The website snippet: its text, and that no value leaves its place in it."""

from __future__ import annotations

import json
import re
from enum import Enum
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owidget_jupyter import NumberPolicy, OWidget, Scenario
from owidget_jupyter.stage.document import asset, metadata_asset, number_code

from .driver import COMPANY, connected

ROOT = Path(__file__).parents[2]
HOSTILE = "</script><!--<script>'\"\\&é"

SMALL = f"""<script type="text/javascript">
(function () {{
  var scr = document.createElement('script');
  scr.type = 'text/javascript';
  scr.async = true;
  scr.charset = 'UTF-8';
  scr.src = '//ptr.mluvii.com/widget/OOWidget.js';
  scr.$owidgetOnLoad = function (owidget) {{
    if (!owidget.isSupported) {{
      return;
    }}
    owidget.init("{COMPANY}", null, "cs");
    owidget.setStatusUpdateCallback(function (code) {{
      switch (code) {{
        case 0: // the button is offline
          break;
        case 1: // the button is online
          break;
        case 2: // the button is busy
          break;
      }}
    }});
    owidget.setAppEventCallback(function (e) {{
      switch (e.type) {{
        case 'chatWindowOpen': // the chat window was opened
          break;
        case 'chatWindowClosed': // the chat window was closed
          break;
        case 'chatSessionCreated': // the visitor waits for the operator
          break;
        case 'chatSessionStarted': // the session with the operator began
          break;
        case 'chatSessionEnded': // the session is over
          break;
      }}
    }});
    // Data of the visitor: observed in public integrations, not documented.
    owidget.addCustomData("loyal", true);
    owidget.connectToServer();
  }};
  var ffs = document.getElementsByTagName('script')[0];
  ffs.parentNode.insertBefore(scr, ffs);
}})();
</script>"""


def arguments(snippet: str, method: str) -> list[list[object]]:
    """Return the arguments of each call of a method, which are JSON."""
    calls = re.findall(rf"^    owidget\.{method}\((.*)\);$", snippet, re.MULTILINE)
    return [json.loads(f"[{call}]") for call in calls]


def address(snippet: str) -> str:
    [found] = re.findall(r"^  scr\.src = '(.*)';$", snippet, re.MULTILINE)
    return found


def test_it_is_the_vendors_snippet_filled_in():
    chat = OWidget(COMPANY, language="cs", host="ptr.mluvii.com")
    chat.add_custom_data("loyal", True)
    assert chat.snippet() == SMALL


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [COMPANY]),
        ({"preset": "a"}, [COMPANY, "a"]),
        ({"scope": "s"}, [COMPANY, None, None, "s"]),
        ({"preset": "a", "language": "de-AT"}, [COMPANY, "a", "de-AT"]),
        ({"tenant_id": 0}, [[COMPANY, 0]]),
        ({"tenant_id": "t", "scope": "s"}, [[COMPANY, "t"], None, None, "s"]),
        ({"preset": HOSTILE, "scope": HOSTILE}, [COMPANY, HOSTILE, None, HOSTILE]),
    ],
    ids=str,
)
def test_init_has_the_arguments_that_a_stage_gives_it(settings, expected):
    assert arguments(OWidget(UUID(COMPANY), **settings).snippet(), "init") == [expected]


class Tongue(str, Enum):
    """A text that formats as another one."""

    CZECH = "cs"

    def __format__(self, spec: str) -> str:
        return HOSTILE


@pytest.mark.parametrize("setting", ["language", "page_language"])
def test_a_text_counts_for_what_it_is_and_not_for_how_it_formats(tmp_path, setting):
    ours = OWidget(COMPANY, **{setting: Tongue.CZECH}).to_html(tmp_path / "enum.html")
    plain = OWidget(COMPANY, **{setting: "cs"}).to_html(tmp_path / "plain.html")
    assert ours.read_text("utf-8") == plain.read_text("utf-8")


def test_a_tenant_is_marked_as_not_documented():
    snippet = OWidget(COMPANY, tenant_id=3, language="cs").snippet()
    marked = """
    // [company, tenant]: observed in public integrations, not documented.
    owidget.init(["""
    assert marked in snippet


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, ["The language is that of the page's html element"]),
        ({"page_language": "sk"}, ["The language is that of", 'Here lang="sk" is meant.']),
        ({"page_language": ""}, ["The language is that of", "Here none is meant"]),
        ({"language": "cs", "page_language": "sk"}, []),
    ],
    ids=str,
)
def test_the_pages_language_is_said_where_it_counts(settings, said):
    snippet = OWidget(COMPANY, **settings).snippet()
    comments = [line for line in snippet.splitlines() if line.startswith("    // ")]
    assert len(comments) == len(said)
    for comment, start in zip(comments, said, strict=True):
        assert comment.startswith(f"    // {start}")


@pytest.mark.parametrize("host", ["localhost:8123", "127.0.0.1", "[::1]:80", "chat.example:8443"])
def test_the_address_is_the_hosts_without_a_scheme(host):
    assert address(OWidget(COMPANY, host=host).snippet()) == f"//{host}/widget/OOWidget.js"


@pytest.mark.parametrize("name", Scenario.names())
def test_a_simulated_chat_asks_the_simulators_host_for_its_scenario(name):
    snippet = OWidget.simulated(scenario=name).snippet()
    query = "" if Scenario.load(name) == Scenario.load() else f"?scenario={name}"
    assert address(snippet) == f"//localhost:8123/widget/OOWidget.js{query}"
    assert "// The simulator, not the real service." in snippet
    assert "//   python -m owidget_jupyter.simulator --port 8123\n" in snippet
    assert "// The real service is at '//app.mluvii.com/widget/OOWidget.js'" in snippet


@pytest.mark.parametrize("speed", [0.5, 1 / 3, 10, 123456.7, 1_000_000])
def test_the_command_keeps_the_speed_as_it_is(speed):
    chat = OWidget.simulated()
    chat.operator.clock.fast(speed)
    [told] = re.findall(r"--speed (\S+)$", chat.snippet(), re.MULTILINE)
    assert float(told) == speed


def test_a_scenario_and_a_speed_of_ones_own_are_the_hosts_to_be_told():
    chat = OWidget.simulated(scenario={"title": HOSTILE})
    chat.operator.clock.fast(10)
    snippet = chat.snippet()
    assert address(snippet) == "//localhost:8123/widget/OOWidget.js"
    assert "simulator --port 8123 --speed 10 --scenario FILE\n" in snippet
    assert snippet.count("<") == SMALL.count("<")


def test_the_simulator_is_not_mentioned_for_a_real_chat():
    assert "simulator" not in OWidget(COMPANY).snippet()


def test_custom_data_comes_before_connecting_and_can_be_left_out(chat):
    chat.add_custom_data(HOSTILE, {"a": [1.5, None, HOSTILE]})
    chat.add_custom_data("gone", 1)
    chat.remove_custom_data("gone")
    snippet = chat.snippet()
    assert arguments(snippet, "addCustomData") == [[HOSTILE, {"a": [1.5, None, HOSTILE]}]]
    assert snippet.index("addCustomData") < snippet.index("connectToServer")
    without = chat.snippet(custom_data=False)
    assert "addCustomData" not in without
    assert "Data of the visitor" not in without


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200).filter(
    str.isprintable
)


@given(preset=NAMES, scope=NAMES, tenant=NAMES, name=st.text(st.characters(codec="utf-8")))
def test_no_setting_leaves_its_place(preset, scope, tenant, name):
    chat = OWidget(COMPANY, preset=preset, scope=scope, tenant_id=tenant, language="cs")
    chat.add_custom_data(name, name)
    snippet = chat.snippet()
    assert snippet.isascii()
    assert len(re.findall("[<>&]", snippet)) == len(re.findall("[<>&]", SMALL))
    assert len(snippet.splitlines()) == len(SMALL.splitlines()) + 1
    assert arguments(snippet, "init") == [[[COMPANY, tenant], preset, "cs", scope]]
    assert arguments(snippet, "addCustomData") == [[name, name]]


def numbers_of(snippet: str) -> tuple[object, object]:
    """Return the numbering plans and the rules that a snippet has for its policy."""
    [(metadata, rules)] = re.findall(
        r"^    var normalize = .*\(\n      (\".*\"),\n      (\{.*\})\n    \);$",
        snippet,
        re.MULTILINE,
    )
    return json.loads(metadata), json.loads(rules)


def test_a_policy_goes_along_with_the_plans_of_its_regions(chat):
    policy = NumberPolicy("CZ", allowed_regions=["CZ", "SK"], allowed_types=["mobile"])
    chat.set_custom_number_normalization(policy)
    snippet = chat.snippet()
    rules = {"region": "CZ", "regions": ["CZ", "SK"], "types": ["mobile"]}
    plans = asset(metadata_asset(frozenset({"CZ", "SK"})))
    assert numbers_of(snippet) == (plans, rules)
    assert "Python" not in snippet
    assert snippet.isascii()
    assert snippet.count("<script") == snippet.count("</script") == 2
    code = snippet.split("*/\n")[1].split("</script>")[0]
    assert unescaped(code) == unescaped(number_code())


def unescaped(code: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), code)


def test_a_policy_for_all_regions_goes_along_whole(chat):
    chat.set_custom_number_normalization(NumberPolicy())
    plans, rules = numbers_of(chat.snippet())
    assert plans == asset(metadata_asset(None))
    assert rules == {"region": None, "regions": None, "types": None}


def test_a_function_is_replaced_by_its_fallback_and_a_comment(chat):
    chat.set_custom_number_normalization(str.strip, fallback=NumberPolicy("CZ", ["CZ"]))
    snippet = chat.snippet()
    assert numbers_of(snippet)[1] == {"region": "CZ", "regions": ["CZ"], "types": None}
    assert "// A Python function cannot go along: put its rules here." in snippet
    assert arguments(snippet, "connectToServer") == [[]]


def test_a_function_alone_leaves_a_comment_and_the_vendors_default(chat):
    chat.set_custom_number_normalization(str.strip)
    snippet = chat.snippet()
    assert "    // A Python function cannot go along: put its rules here." in snippet
    assert "    // owidget.setCustomNumberNormalization(function (phoneNumber) {" in snippet
    assert "\n    owidget.setCustomNumberNormalization" not in snippet
    assert snippet.count("<script") == 1


def test_rules_that_were_taken_away_are_not_in_it_and_go_on_until_the_next_stage(chat):
    page = connected(chat)
    chat.set_custom_number_normalization(NumberPolicy("CZ"))
    chat.set_custom_number_normalization(str.strip)
    chat.set_custom_number_normalization(None)
    version = chat._numbers.desk.version
    assert "umber" not in chat.snippet()
    assert chat._numbers.desk.version == version
    chat.retry()
    assert page.run()["numbers"] is None


def test_nothing_of_the_bundled_code_could_end_its_script():
    assert not re.search(r"</?script|<!--|-->", number_code(), re.IGNORECASE)


def test_the_notice_has_the_bundled_librarys_license():
    notice = (ROOT / "owidget_jupyter" / "snippet" / "notice.txt").read_text("utf-8")
    license = (ROOT / "js" / "node_modules" / "libphonenumber-js" / "LICENSE").read_text("utf-8")
    assert license.strip() in notice
    assert (ROOT / "LICENSE").read_text("utf-8").splitlines()[2].startswith("Copyright (c) 2026")
    assert "Copyright (c) 2026" in notice
    assert notice.isascii()
    assert "*/" not in notice


def test_without_a_company_there_is_none(tmp_path):
    chat = OWidget(preset="a")
    with pytest.raises(ValueError, match=r"there is no company id yet: call init\(\) or set"):
        chat.snippet()
    with pytest.raises(ValueError, match="there is no company id yet"):
        chat.to_html(tmp_path / "chat.html")
    assert list(tmp_path.iterdir()) == []
    chat.init(COMPANY)
    assert arguments(chat.snippet(), "init") == [[COMPANY]]


def test_a_closed_widget_still_has_one():
    chat = OWidget(COMPANY, preset="a")
    before = chat.snippet()
    chat.close()
    assert chat.snippet() == before


def test_a_snippet_contacts_nobody_and_changes_nothing(chat, page):
    sent = len(page.comm.published)
    chat.set_custom_number_normalization(None)
    chat.snippet()
    assert len(page.comm.published) == sent


@pytest.mark.parametrize("value", [None, 0, "no"])
def test_a_flag_is_true_or_false(chat, tmp_path, value):
    with pytest.raises(ValueError, match=r"custom_data .* is neither True nor False"):
        chat.snippet(custom_data=value)
    with pytest.raises(ValueError, match=r"overwrite .* is neither True nor False"):
        chat.to_html(tmp_path / "chat.html", overwrite=value)
    assert list(tmp_path.iterdir()) == []
