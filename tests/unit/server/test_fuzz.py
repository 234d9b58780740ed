"""Anything at all, sent to the stage server: refused, unless it is a request that a stage makes."""

from __future__ import annotations

import logging
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from owidget_jupyter import OWidget
from owidget_jupyter.stage import reception

from ..driver import COMPANY, ORIGIN, Page, messages
from .client import Client

TOKEN, HOST, OWN = "{token}", "{host}", "{own}"
SEGMENTS = [
    "{token}",
    "{toke",
    "stage",
    "probe",
    "number",
    "widget",
    "OOWidget.js",
    "favicon.ico",
    "..",
    ".",
    "%2e%2e",
    "%2f",
    "%00",
    "%73tage",
    "%ff",
    "\\",
    ";",
    "?",
    "?x=1",
    "#",
    "*",
    "http:",
    "{host}",
    "etc",
    "passwd",
    "C:",
]
METHODS = [
    "HEAD",
    "OPTIONS",
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "GET/",
]
NAMES = [
    "Host",
    "Origin",
    "Content-Length",
    "Transfer-Encoding",
    "Expect",
    "Upgrade",
    "Connection",
    "Range",
    "If-None-Match",
    "Cookie",
    "Content-Type",
    "Content-Encoding",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "Referer",
    "Sec-Fetch-Site",
]
VALUES = [
    "{host}",
    "{own}",
    "null",
    "*",
    "0",
    "3",
    "-1",
    "3,3",
    "999999999999",
    "chunked",
    "gzip",
    "100-continue",
    "websocket",
    "keep-alive",
    "localhost",
    "127.0.0.1",
    "bytes=0-9",
    "evil.example",
    "http://evil.example",
    "::1",
]

visible = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
anything = st.text(st.characters(max_codepoint=255), max_size=12)
known = ["stage", "probe", "number", "widget/OOWidget.js"]


def mostly(usual: list[str], *other: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw what is right three times out of four, or else what may be wrong."""
    return st.integers(0, 3).flatmap(lambda n: st.sampled_from(usual) if n else st.one_of(*other))


segments = st.one_of(st.sampled_from(SEGMENTS), visible)
paths = mostly(
    [f"/{TOKEN}/{path}" for path in known],
    st.lists(segments, max_size=5).map("/".join),
    st.lists(segments, max_size=5).map(lambda parts: "/" + "/".join(parts)),
    segments.map(f"/{TOKEN}/".__add__),
)
fields = st.tuples(
    mostly(NAMES, visible), mostly(VALUES, st.just(ORIGIN), st.just(""), visible, anything)
)
requests = st.builds(
    lambda method, path, version, host, more, end, body: (
        f"{method} {path} {version}{end}"
        + "".join(f"{name}: {value}{end}" for name, value in [("Host", host), *more])
        + f"{end}{body}"
    ),
    mostly(["GET", "GET", "POST"], st.sampled_from(METHODS), visible),
    paths,
    mostly(["HTTP/1.1"], st.sampled_from(["HTTP/1.0", "HTTP/2.0", "HTTP/1.1 "]), anything),
    mostly([HOST], st.sampled_from(VALUES), visible),
    st.lists(fields, max_size=3),
    mostly(["\r\n"], st.sampled_from(["\n", "\r"])),
    anything,
)
noise = st.binary(max_size=200).map(lambda sent: sent.decode("latin1"))
#: The first lines of all that is ever answered.
ANSWERED = re.compile(
    r"GET /{token}/(stage|probe|widget/OOWidget\.js) HTTP/1\.1|POST /{token}/number HTTP/1\.1"
)


def send(client: Client, seen: Counter[int], request: str) -> None:
    named = request.replace(TOKEN, client.path.strip("/"))
    sent = named.replace(HOST, client.host).replace(OWN, client.own)
    # Headers that do not end would be waited for.
    answer = client.raw(f"{sent}\r\n\r\n".encode("latin1"))
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ")[1]) if head else 0
    seen[status] += 1
    if status == 200:
        first = request.lstrip("\r\n").split("\n")[0].rstrip("\r")
        assert ANSWERED.fullmatch(first)
        assert f"Host: {client.host}" in sent
    else:
        assert status == 0 or 400 <= status < 500
        assert body in (b"", b"%d\n" % status)


@pytest.mark.parametrize(("requests", "count"), [(requests, 600), (noise, 100)])
def test_whatever_is_sent_is_refused_and_the_server_lives(caplog, monkeypatch, requests, count):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(reception._LIMITS, "body_timeout", 0.1)
    chat = OWidget(COMPANY, isolation="origin")
    chat.set_custom_number_normalization(lambda number: None)
    client, seen = Client(Page(chat).want().run()["server"]), Counter()

    @settings(max_examples=count)
    @given(requests)
    def fuzz(request):
        send(client, seen, request)

    fuzz()
    assert client.request("stage").status == 200
    assert messages(chat) == []
    assert not [record for record in caplog.records if record.name.startswith(("torn", "async"))]
    assert client.path.strip("/") not in caplog.text
    kinds = {400} if requests is noise else {200, 400, 403, 404, 405}
    assert kinds <= set(seen), "every kind of answer was had"
