"""All that the panel says in English."""

from __future__ import annotations

# The settings form

SERVICE = "Service"
SERVICES = (("Simulator", "simulator"), ("Real service", "real"))
SCENARIO = "Scenario"
SCENARIO_OF_CHAT = "{} (the chat's own)"
LABELS = {
    "company_id": "Company id",
    "preset": "Preset",
    "language": "Language",
    "scope": "Scope",
    "host": "Host",
    "isolation": "Isolation",
    "tenant_id": "Tenant",
    "page_language": "Page language",
    "placement": "Placement",
    "height": "Height in pixels",
    "allow_media": "Camera, microphone, clipboard",
    "show_status": "Status bar",
    "show_events": "Event list",
}
PLACEHOLDERS = {
    "company_id": "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e",
    "preset": "the company's default one",
    "language": "the page's language",
    "scope": "none",
    "host": "app.mluvii.com",
    "tenant_id": "none",
    "page_language": "the notebook page's",
}
ISOLATIONS = (
    ("auto – origin where it can be, else asks", "auto"),
    ("origin – own storage; this machine only", "origin"),
    ("opaque – reaches nothing; no voice, video", "opaque"),
    ("none – reaches all, your kernel too", "none"),
)
PLACEMENTS = (("In the cell", "cell"), ("In the page's corner", "page"))
BROWSERS_LANGUAGE = "(the browser's)"
MORE = "More settings"
LESS = "Fewer settings"
RUNS_WITH = "Changed; what runs has {}."
RUNS_WITHOUT = "Changed; what runs has none."
YES, NO = "yes", "no"

# Connecting

APPLY = "Apply and connect"
REVERT = "Revert"
RECONNECT = "Reconnect"
CLOSE = "Close chat"
NEW = "New chat"
WRONG = "Cannot be applied; please correct: {}."
NO_COMPANY = "A real chat needs a company id. Nothing is contacted before you apply."
CHANGED = "Not applied yet: {}. Applying takes a fresh start."
CHANGED_VIEW = "Not applied yet: {}."
OTHER_SERVICE = "Not applied yet: {}. Applying closes this chat and makes another."
NOTHING_CHANGED = "What is set here is what runs."
IS_CLOSED = "The chat is closed."

# How it stands

#: A shape of its own, a tone and a word for each, as under the chat itself.
STATES = {
    "idle": ("–", "", "idle"),
    "asking": ("?", "", "waiting for your choice"),
    "loading": ("…", "", "loading"),
    "ready": ("▷", "", "ready, not connected"),
    "connecting": ("…", "", "connecting"),
    "connected": ("✓", "good", "connected"),
    "unsupported": ("✕", "bad", "browser not supported"),
    "failed": ("!", "bad", "failed"),
    "closed": ("■", "", "closed"),
}
STATUSES = {
    "offline": ("○", "", "offline"),
    "online": ("●", "good", "online"),
    "busy": ("◆", "warn", "busy"),
    "unknown": ("?", "", "unknown"),
}
STATE = "State"
STATUS = "Status"
ISOLATION = "Isolation"
ISOLATION_IS = "{}: {}"
NO_ISOLATION = "nothing runs"
LANGUAGE = "Language"
LANGUAGE_IS = "{} (by {})"
NO_LANGUAGE = "not known yet"
EVENTS = "Events"
ENTRIES = "{:,} in the log"
PROBLEMS = "Problems"
PROBLEMS_ARE = "{}; below the chat, and in chat.errors"
ERROR = "Error"

# Events

TYPES = (
    "status",
    *("chatWindowOpen", "chatWindowClosed"),
    *("chatSessionCreated", "chatSessionStarted", "chatSessionEnded"),
)
OTHER_TYPES = "others"
SEARCH = "Search in types"
SEARCH_PLACEHOLDER = "part of a type"
SEARCH_DETAILS = "Search in details, too"
NEWEST_FIRST = "Newest first"
FOLLOW = "Follow"
SHOW_MORE = "Show more"
DETAILS = "Show details"
DETAILS_NOTE = (
    "Details may hold personal data. They are shown in this page alone, and not saved with the "
    "notebook."
)
DETAILS_LABEL = "Details of these events"
DETAIL_LONGER = "… ({:,} characters more)"
EVENT_TABLE = "Entries of the log"
EVENT_HEADS = ("No.", "Time (UTC)", "Type", "Status")
STATUS_CODES: dict[int | None, str] = {
    0: "0 offline",
    1: "1 online",
    2: "2 busy",
    None: "not known any more",
}
SHOWN = "{} of {:,} entries."
PAUSED = "Paused; new since then: {:,}."
NO_EVENTS = "No entries so far."
NONE_FIT = "None of the {:,} entries fits these filters."
MOST_SHOWN = "No more than {} are shown; chat.event_log has all."
DROPPED = "Dropped before these: {:,}."
REPLAYED = "{} (replay)"

# Numbers

NUMBERS = "Phone numbers"
DEFAULT_REGION = "Default region"
DEFAULT_REGION_PLACEHOLDER = "CZ; none: numbers begin with +"
ALLOWED_REGIONS = "Allowed regions"
ALLOWED_REGIONS_PLACEHOLDER = "CZ, SK; none: all"
ALLOWED_TYPES = "Allowed types (none: all)"
APPLY_NUMBERS = "Apply to the chat"
TAKE_NUMBERS = "Take from the chat"
REMOVE_NUMBERS = "Remove from the chat"
NUMBERS_APPLIED = "The chat goes by this policy."
NUMBERS_TAKEN = "This is the chat's policy."
NUMBERS_REMOVED = (
    "The chat has no policy; the vendor's own rules are back with the next connection."
)
NO_NUMBERS = "The chat has no policy."
FUNCTION_STAYS = (
    "A Python function answers for this chat, with this policy where it has no answer: applying "
    "puts the policy in its place."
)
TEST_NUMBER = "Try a number"
TEST_PLACEHOLDER = "777 666 555"
TEST_NOTE = (
    "A number is personal: what you type here, and what comes of it, is not saved with the "
    "notebook. It is judged by the policy of this form, applied or not."
)
CLEAR = "Clear"
ACCEPTED = "{} – {} {}"
NO_REGION = "no region"

# Custom data

DATA = "Custom data"
DATA_NAME = "Name"
DATA_VALUE = "Value: JSON, or else text"
DATA_ADD = "Add"
DATA_REMOVE = "Remove by name"
DATA_REFRESH = "List again"
DATA_LIST = "Custom data of the chat"
DATA_NOTE = (
    "Told to the operator with every fresh start (observed, not documented by the vendor). "
    "It may be personal: names and values are not saved with the notebook."
)
DATA_ADDED = "Added as JSON."
DATA_ADDED_TEXT = "Added as text."
DATA_REMOVED = "Removed."
DATA_NEEDS_NAME = "A datum needs a name."
MISSING = "There is no {!r}."

# Sessions

SESSIONS = "Sessions"
REFRESH = "Refresh"
SESSION_HEADS = ("No.", "Began (UTC)", "Outcome", "Waited", "Talked", "Events", "Remarks")
SESSION_TABLE = "Sessions: {:,}, in {:,} entries"
SESSION_TABLE_CUT = "Sessions: the last {} of {:,}, in {:,} entries"
NO_SESSIONS = "No sessions so far."
SHARE_HEADS = ("Status", "For", "Share")
SHARE_TABLE = "Status over time"
REPLAY = "replay"
UNKNOWN = "–"
TIMELINE = "Draw timeline"
TIMELINE_NOTE = "A timeline needs matplotlib: pip install owidget-jupyter[plot]"
SAVE_LOG = "Save the log…"
LOG_PATH = "File for the log"
LOG_PLACEHOLDER = "chat.jsonl"
LOG_NOTE = "The file holds details, and so personal data: keep it where that may be kept."
REPLACE_LOG = "Replace a log that exists"
NEEDS_PATH = "Type the path of a file first."
FILE_EXISTS = "{} is there already."
SAVED = "Saved as {}."

# Take away

TAKE_AWAY = "Take away"
PYTHON_CELL = "Python cell"
SNIPPET = "Website snippet"
WITH_DATA = "With custom data"
CODE = "Code for what runs"
UNAPPLIED = "Changes that are not applied yet are not in it."
PAGE_PATH = "File for a page"
REPLACE_PAGE = "Replace a page that exists"
PAGE_PLACEHOLDER = "chat.html"
SAVE_PAGE = "Save page…"
COPY, COPIED = "Copy", "Copied"
CELL_FUNCTION = "# A Python function answered for phone numbers as well: write {!r} anew."

# Operator and visitor

PEOPLE = "Operator and visitor"
PEOPLE_NOTE = "Play both sides by hand: the scripted operator leaves once you act as operator."
OPERATOR, VISITOR = "Operator", "Visitor"
OPERATOR_ACTS = {
    "offline": "Offline",
    "online": "Online",
    "busy": "Busy",
    "accept": "Accept",
    "end": "End session",
}
VISITOR_ACTS = {"open": "Open window", "join": "Join queue", "leave": "Leave"}
LINE = "Message"
OPERATOR_SAYS = "Operator says"
VISITOR_TYPES = "Visitor types"
DONE = "Done: {}."
UNDER_WAY = "Under way: {}."
