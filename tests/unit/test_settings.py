from __future__ import annotations

import uuid

import pytest
from traitlets import TraitError

from owidget_jupyter import OWidget
from owidget_jupyter.settings import STAGE_SETTINGS, Settings

from .driver import COMPANY, Page, comm_of, connected

OTHER = "11111111-2222-4333-8444-555555555555"
#: A setting, a value that it accepts, and one that it refuses.
SETTINGS = [
    ("company_id", OTHER, "acme"),
    ("preset", "NewWidget", ""),
    ("language", "cs", "english please"),
    ("scope", "demo", 5),
    ("host", "ptr.mluvii.com", "localhost.evil.example"),
    ("tenant_id", 7, True),
    ("isolation", "none", "auto "),
    ("page_language", "sk", "česky"),
    ("allow_media", True, 1),
    ("placement", "page", "corner"),
    ("stage_port", 8123, 80),
    ("height", 300, True),
    ("show_status", False, 0),
    ("show_events", False, "no"),
    ("max_events", 5, False),
    ("autoconnect", False, None),
]


def test_every_setting_is_tried_here():
    assert {name for name, _, _ in SETTINGS} == set(Settings.class_trait_names())


@pytest.mark.parametrize(("name", "good", "bad"), SETTINGS)
def test_a_bad_value_is_refused_and_the_previous_one_stands(name, good, bad):
    chat = OWidget(COMPANY)
    setattr(chat, name, good)
    with pytest.raises(TraitError) as raised:
        setattr(chat, name, bad)
    assert name in str(raised.value)
    assert repr(bad) in str(raised.value)
    assert getattr(chat, name) == good


@pytest.mark.parametrize(("name", "good", "bad"), SETTINGS)
def test_a_bad_value_is_refused_as_a_keyword_and_nothing_leaves_python(name, good, bad, opened):
    with pytest.raises(TraitError) as raised:
        OWidget(**{"company_id": COMPANY, name: bad})
    assert repr(bad) in str(raised.value)
    assert opened == []


@pytest.fixture
def opened(monkeypatch):
    """Return the comms that are opened from now on."""
    import comm

    comms = []
    create = comm.create_comm

    def keep(*args, **kwargs):
        comms.append(create(*args, **kwargs))
        return comms[-1]

    monkeypatch.setattr(comm, "create_comm", keep)
    return comms


@pytest.mark.parametrize(("name", "good", "bad"), SETTINGS)
def test_a_good_value_is_kept(name, good, bad):
    assert getattr(OWidget(**{"company_id": COMPANY, name: good}), name) == good


@pytest.mark.parametrize("name", ["preset", "language", "scope", "tenant_id", "page_language"])
def test_none_leaves_a_setting_out(name):
    chat = OWidget(COMPANY, **{name: "cs"})
    setattr(chat, name, None)
    assert getattr(chat, name) is None


def test_an_empty_page_language_leaves_the_language_to_the_browser():
    assert OWidget(COMPANY, page_language="").page_language == ""


def test_an_empty_language_is_refused():
    with pytest.raises(TraitError):
        OWidget(COMPANY, language="")


def test_an_unknown_keyword_is_refused_by_name_with_the_accepted_ones(opened):
    with pytest.raises(TypeError) as raised:
        OWidget(COMPANY, languge="cs")
    message = str(raised.value)
    assert "'languge'" in message
    assert "Did you mean 'language'?" in message
    assert all(name in message for name in Settings.class_trait_names())
    assert opened == []


@pytest.mark.parametrize(
    "name",
    [
        "state",
        "status_code",
        "event_log",
        "error",
        "resolved_language",
        "_key",
        "_tail",
        "_esm",
        "comm",
    ],
)
def test_what_is_no_setting_is_no_keyword_either(name):
    with pytest.raises(TypeError, match=f"no setting '{name}'"):
        OWidget(COMPANY, **{name: None})


@pytest.mark.parametrize("name", ["state", "status_code", "event_log", "error", "active_isolation"])
def test_what_is_reported_cannot_be_assigned(name):
    chat = OWidget(COMPANY)
    with pytest.raises(TraitError):
        setattr(chat, name, None)


def test_what_every_ipywidget_takes_is_taken():
    assert OWidget(COMPANY, layout={"width": "50%"}).layout.width == "50%"


@pytest.mark.parametrize("form", [COMPANY.upper(), COMPANY.replace("-", ""), uuid.UUID(COMPANY)])
def test_a_company_is_kept_in_one_form(form):
    assert OWidget(form).company_id == COMPANY


@pytest.mark.parametrize("form", [COMPANY, COMPANY.upper(), uuid.UUID(COMPANY)])
def test_assigning_the_same_company_in_any_form_takes_no_fresh_stage(chat, form):
    page = connected(chat)
    chat.company_id = form
    assert len(page.grants()) == 1
    assert chat.state == "connected"


@pytest.mark.parametrize("name", STAGE_SETTINGS)
def test_a_changed_stage_setting_takes_a_fresh_stage(chat, name):
    page = connected(chat)
    setattr(chat, name, {known: good for known, good, _ in SETTINGS}[name])
    assert len(page.grants()) == 2
    assert chat.status_code is None


@pytest.mark.parametrize("name", sorted(set(Settings.class_trait_names()) - set(STAGE_SETTINGS)))
def test_any_other_setting_leaves_the_stage_alone(chat, name):
    page = connected(chat)
    setattr(chat, name, {known: good for known, good, _ in SETTINGS}[name])
    assert len(page.grants()) == 1
    assert chat.state == "connected"


@pytest.mark.parametrize(
    "bad",
    [
        {"company_id": "acme"},
        {"preset": ""},
        {"language": "english please"},
        {"scope": 5},
    ],
)
def test_init_with_one_bad_value_changes_none(chat, bad):
    chat.init(COMPANY, "old", "cs", "old scope")
    page = connected(chat)
    given = {"company_id": OTHER, "preset": "new", "language": "sk", "scope": "new", **bad}
    with pytest.raises(TraitError):
        chat.init(**given)
    assert (chat.company_id, chat.preset) == (COMPANY, "old")
    assert (chat.language, chat.scope) == ("cs", "old scope")
    assert len(page.grants()) == 1


def test_init_takes_the_vendors_order_and_leaves_out_what_is_left_out(chat):
    chat.init(OTHER, "sales", "cs", "demo")
    assert (chat.company_id, chat.preset) == (OTHER, "sales")
    assert (chat.language, chat.scope) == ("cs", "demo")
    chat.init(OTHER)
    assert (chat.preset, chat.language, chat.scope) == (None, None, None)


def test_init_with_the_values_that_are_set_does_nothing(chat):
    chat.init(OTHER, "sales", "cs", "demo")
    page = connected(chat)
    chat.init(OTHER.upper(), "sales", "cs", "demo")
    assert len(page.grants()) == 1


def test_init_gives_a_waiting_page_all_four_values():
    chat = OWidget(isolation="opaque")
    page = Page(chat).want()
    assert page.grants() == []
    assert comm_of(chat).custom("lease")[-1]["open"] is False
    chat.init(OTHER, "sales", "cs", "demo")
    assert comm_of(chat).custom("lease")[-1]["open"] is True
    run = page.want().run()
    assert [run[name] for name in ("company", "preset", "language", "scope")] == [
        OTHER,
        "sales",
        "cs",
        "demo",
    ]
