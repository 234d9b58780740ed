"""Scenarios for tests."""

from __future__ import annotations

#: One that gives every key there is.
WHOLE = """
title = "Everything"
about = "All that a scenario can have."

[script]
supported = true
loads_after = 0.29
connects_after = 1

[[timeline]]
at = 0.0
status = "busy"
[[timeline]]
at = 15.0
connection = "lost"
[[timeline]]
at = 15.0
connection = "back"
[[timeline]]
at = 20.0005
call = "_offerHelp"

[queue]
ahead = 2
each = 4.5

[operator]
comes = false
name = { en = "Eva", cs = "Eva" }
accepts_after = 1.2
thinks = 0.4
types = 0.8
greeting = ""
answers = ["One", { en = "Two", cs = "Dvě" }]
leaves_after = 60.0
leaves_on_goodbye = false
[[operator.replies]]
to = ["price", "cost"]
say = "Ask"
[[operator.says]]
after = 10.0
say = { en = "Still there?" }
"""

WHOLE_JSON = {
    "title": "Everything",
    "supported": True,
    "load": 290,
    "connect": 1000,
    "timeline": [
        {"at": 0, "status": 2},
        {"at": 15_000, "connection": "lost"},
        {"at": 15_000, "connection": "back"},
        {"at": 20_000, "call": "_offerHelp"},
    ],
    "queue": {"ahead": 2, "each": 4500},
    "operator": {
        "comes": False,
        "name": {"en": "Eva", "cs": "Eva"},
        "accept": 1200,
        "think": 400,
        "type": 800,
        "greeting": "",
        "answers": ["One", {"en": "Two", "cs": "Dvě"}],
        "replies": [{"to": ["price", "cost"], "say": "Ask"}],
        "says": [{"after": 10_000, "say": {"en": "Still there?"}}],
        "leave": 60_000,
        "leaveOnGoodbye": False,
    },
}
