"""What the vendor documents."""

from __future__ import annotations

import pytest

from .trial import Trial

METHODS = [
    "init",
    "connectToServer",
    "setAppEventCallback",
    "setStatusUpdateCallback",
    "setCustomNumberNormalization",
]
CONNECT = """
owidget.setStatusUpdateCallback(hear('status'));
owidget.init(COMPANY);
owidget.connectToServer();
"""
ALL = [
    "chatWindowOpen",
    "chatSessionCreated",
    "chatSessionStarted",
    "chatSessionEnded",
    "chatWindowClosed",
]


def test_owidgetOnLoad_is_called_once_with_the_object(trial: Trial) -> None:
    trial.load()
    trial.until(lambda: trial.heard("script"), "the script has loaded")
    assert trial.heard("loaded") == ["object"]
    assert trial.heard("script") == ["load"]


@pytest.mark.parametrize("method", METHODS)
def test_the_object_has(loaded: Trial, method: str) -> None:
    assert loaded.run(f"return typeof owidget.{method}") == "function"


def test_isSupported_is_true_in_this_browser(loaded: Trial) -> None:
    assert loaded.run("return Boolean(owidget.isSupported)") is True


def test_init_with_a_company_alone_and_connectToServer(trial: Trial) -> None:
    trial.load(CONNECT)
    trial.until_status()
    trial.assert_no_exception()


def test_a_status_is_0_or_1_or_2(trial: Trial) -> None:
    trial.load(CONNECT)
    trial.until_status()
    assert set(trial.heard("status")) <= {0, 1, 2}
    assert all(isinstance(code, int) for code in trial.heard("status"))


def test_no_status_is_tracked_before_connectToServer(trial: Trial) -> None:
    trial.load("owidget.setStatusUpdateCallback(hear('status')); owidget.init(COMPANY);")
    trial.run("hear('connecting')(); owidget.connectToServer();")
    trial.until_status()
    kinds = [words[0] for words in trial.all()]
    assert kinds.index("connecting") < kinds.index("status")


def test_a_setter_sets_the_one_callback(trial: Trial) -> None:
    trial.load("owidget.setStatusUpdateCallback(hear('replaced'));" + CONNECT)
    trial.until_status()
    assert trial.heard("replaced") == []


def test_every_change_of_the_status_is_told(trial: Trial) -> None:
    trial.load(CONNECT)
    trial.until_status()
    trial.drive()
    for code in (2, 0, 1):
        trial.act("operator", "status", code)
        trial.until(lambda code=code: trial.heard("status")[-1] == code, f"status {code} is told")


def test_the_five_events_of_a_chat_in_their_order(trial: Trial) -> None:
    trial.load("owidget.setAppEventCallback(hear('event'));" + CONNECT)
    trial.drive()
    trial.act("visitor", "open")
    trial.until_types(*ALL[:1])
    trial.act("visitor", "join")
    trial.until(lambda: trial.types()[:2] == ALL[:2], "the client waits for the operator")
    trial.act("operator", "accept")
    trial.until_types(*ALL[:3])
    trial.act("operator", "end")
    trial.until_types(*ALL[:4])
    trial.act("visitor", "minimise")
    trial.until_types(*ALL)
    trial.assert_no_exception()


def test_a_visitor_can_end_the_chat(trial: Trial) -> None:
    trial.load("owidget.setAppEventCallback(hear('event'));" + CONNECT)
    trial.drive()
    trial.act("visitor", "join")
    trial.act("operator", "accept")
    trial.until_types(*ALL[:3])
    trial.act("visitor", "leave")
    trial.until(lambda: set(trial.types()) == set(ALL), "the session is over, the window closed")


@pytest.mark.parametrize(
    ("answer", "taken"),
    [("'+420 777 666 555'", True), ("null", False), ("Promise.resolve('+420 777 666 555')", False)],
    ids=["a number", "null", "a promise, which comes too late"],
)
def test_the_number_normalisation_answers(trial: Trial, answer: str, taken: bool) -> None:
    """It gets what was entered, and its answer counts at once."""
    trial.load(
        f"""owidget.setCustomNumberNormalization(function (phoneNumber) {{
          hear('number')(phoneNumber);
          return {answer};
        }});{CONNECT}"""
    )
    trial.drive()
    assert trial.act("visitor", "callBack", "777 666 555", True) is taken
    assert trial.heard("number") == ["777 666 555"]


@pytest.mark.parametrize(
    ("page", "argument", "shown"),
    [("de", "'cs'", "cs"), ("de", "''", "de"), ("", "''", "sk")],
    ids=["the argument's", "else the page's", "else the browser's"],
)
def test_the_language_is(trial: Trial, page: str, argument: str, shown: str) -> None:
    trial.load(
        f"""owidget.setStatusUpdateCallback(hear('status'));
        owidget.init(COMPANY, null, {argument}); owidget.connectToServer();""",
        language=page,
    )
    trial.drive()
    trial.until_status()
    language = "document.querySelector('[data-owidget-simulator]').lang"
    trial.until(lambda: trial.page.evaluate(language) == shown, f"the widget speaks {shown}")


@pytest.mark.parametrize(
    ("then", "later", "restored"),
    [
        ("'shop'", "'shop'", True),
        ("'shop'", "'help'", False),
        ("'shop'", "null", False),
        ("null", "null", True),
    ],
    ids=["the same", "another", "none any more", "none as before"],
)
def test_a_conversation_and_its_scope(trial: Trial, then: str, later: str, restored: bool) -> None:
    """A reload restores it in the scope that it was begun in."""

    def visit(scope: str) -> None:
        trial.load(
            f"""owidget.setStatusUpdateCallback(hear('status'));
            owidget.setAppEventCallback(hear('event'));
            owidget.init(COMPANY, null, null, {scope}); owidget.connectToServer();"""
        )

    visit(then)
    trial.drive()
    trial.act("visitor", "join")
    trial.act("operator", "accept")
    trial.until_types(*ALL[:3])

    visit(later)
    trial.until_status()
    if restored:
        trial.until_types("chatWindowOpen")
        trial.act("operator", "end")
        trial.until_types("chatWindowOpen", "chatSessionEnded")
    else:
        trial.act("visitor", "open")
        trial.act("visitor", "join")
        trial.until(lambda: trial.types()[:2] == ALL[:2], "a conversation of its own begins")
