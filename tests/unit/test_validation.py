from __future__ import annotations

import uuid

import pytest

from owidget_jupyter import validation

GUID = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e"


@pytest.mark.parametrize(
    "given",
    [
        GUID,
        GUID.upper(),
        GUID.replace("-", ""),
        GUID.replace("-", "").upper(),
        uuid.UUID(GUID),
    ],
)
def test_every_form_of_a_guid_is_kept_in_one(given):
    assert validation.company_id(given) == GUID


@pytest.mark.parametrize(
    "given",
    [
        "",
        "acme",
        GUID[:-1],
        GUID + "0",
        f"{{{GUID}}}",
        f"urn:uuid:{GUID}",
        f" {GUID}",
        f"{GUID}\n",
        GUID.replace("2", "g", 1),
        GUID.replace("-", "", 1),
        GUID.replace("-", "–"),
        "٢" + GUID[1:],
        0,
        1.5,
        True,
        GUID.encode(),
        [GUID],
    ],
)
def test_what_is_no_guid_is_refused_with_the_value_and_the_form(given):
    with pytest.raises(ValueError, match="not a GUID; give it as text") as raised:
        validation.company_id(given)
    assert repr(given) in str(raised.value)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("app.mluvii.com", "https://app.mluvii.com/widget/OOWidget.js"),
        ("APP.Mluvii.com", "https://app.mluvii.com/widget/OOWidget.js"),
        ("ptr.mluvii.com:8443", "https://ptr.mluvii.com:8443/widget/OOWidget.js"),
        ("chat.my-bank.example", "https://chat.my-bank.example/widget/OOWidget.js"),
        ("xn--hek-5na.example", "https://xn--hek-5na.example/widget/OOWidget.js"),
        ("4chat.example:1", "https://4chat.example:1/widget/OOWidget.js"),
        ("notlocalhost.example", "https://notlocalhost.example/widget/OOWidget.js"),
        ("localhost", "http://localhost/widget/OOWidget.js"),
        ("LocalHost:8123", "http://localhost:8123/widget/OOWidget.js"),
        ("localhost:65535", "http://localhost:65535/widget/OOWidget.js"),
        ("127.0.0.1", "http://127.0.0.1/widget/OOWidget.js"),
        ("127.255.10.254:80", "http://127.255.10.254:80/widget/OOWidget.js"),
        ("[::1]", "http://[::1]/widget/OOWidget.js"),
        ("[::1]:8080", "http://[::1]:8080/widget/OOWidget.js"),
    ],
)
def test_a_host_is_loaded_over_https_and_over_http_exactly_on_loopback(given, url):
    assert validation.script_url(validation.host(given)) == url


REFUSED_HOSTS = [
    # a scheme, a path, a query, a user
    "http://app.mluvii.com",
    "https://app.mluvii.com",
    "HTTPS://app.mluvii.com",
    "//app.mluvii.com",
    "app.mluvii.com/",
    "app.mluvii.com/widget",
    "app.mluvii.com\\widget",
    "app.mluvii.com?a",
    "app.mluvii.com#a",
    "user@app.mluvii.com",
    "user:password@app.mluvii.com",
    "localhost:80@evil.example",
    # what looks local, or is so only to some
    "localhost.evil.example",
    "evil.localhost.example",
    "foo.localhost",
    "foo.localhost:8080",
    "localhost.",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "127.0.0.256",
    "127.0.0.01",
    "127.0.0.1.1",
    "127.0.0.0x1",
    "0177.0.0.1",
    "0.0.0.0",
    "0",
    "0x7f.1",
    "0x7f000001",
    "0x",
    "2130706433",
    "evil.0x1",
    "128.0.0.1",
    "192.168.0.1",
    "[::]",
    "[::2]",
    "[::1%25lo]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "::1",
    "[::1",
    "::1]",
    "[::1]x",
    "[::1].evil.example",
    # ports
    "localhost:",
    "[::1]:",
    "app.mluvii.com:",
    "localhost:0",
    "localhost:00",
    "localhost:65536",
    "localhost:99999999999999999999",
    "localhost:-1",
    "localhost:+80",
    "localhost:8_0",
    "localhost: 80",
    "localhost:80 ",
    "localhost:８０",
    "localhost:80:80",
    "localhost:http",
    ":80",
    # names
    "",
    ".",
    " ",
    " app.mluvii.com",
    "app.mluvii.com ",
    "app.mluvii.com\n",
    "app mluvii.com",
    "app\t.mluvii.com",
    "app.mluvii.com.",
    ".mluvii.com",
    "app..com",
    "-app.example",
    "app-.example",
    "my_bank.example",
    "*.mluvii.com",
    "app%2emluvii.com",
    "háček.example",
    "аpp.mluvii.com",  # the first letter is Cyrillic
    "ban\u212a.example",  # KELVIN SIGN, which lower() turns into a k
    "app\u3002example",  # a full stop that browsers take for a dot
    "app\u00ad.example",
    "a" * 64 + ".example",
    ".".join(["a" * 60] * 5),
    # no text
    None,
    8080,
    True,
    b"app.mluvii.com",
]


@pytest.mark.parametrize("given", REFUSED_HOSTS, ids=lambda given: ascii(given)[:40])
def test_every_other_host_is_refused_with_the_value_and_the_form(given):
    with pytest.raises(ValueError, match="accepted: a bare host name") as raised:
        validation.host(given)
    assert repr(given) in str(raised.value)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("https://app.mluvii.com", "a scheme"),
        ("https://app.mluvii.com/widget", "a scheme"),
        ("me:secret@app.mluvii.com", "a user"),
        ("//app.mluvii.com", "a path"),
        ("app.mluvii.com/widget", "a path"),
    ],
)
def test_a_host_with_more_than_a_host_is_told_what_is_too_much(given, part):
    with pytest.raises(ValueError, match=f"has {part}; accepted: a bare host name"):
        validation.host(given)


@pytest.mark.parametrize(
    "tag",
    [
        "cs",
        "EN",
        "fil",
        "de-AT",
        "zh-Hant",
        "zh-Hant-TW",
        "es-419",
        "zh-cmn-Hans-CN",
        "de-CH-1996",
        "sl-rozaj-biske",
        "en-US-u-ca-gregory",
        "cs-x-formal",
    ],
)
def test_a_language_tag_is_kept_as_it_is(tag):
    assert validation.language("language", tag) == tag


@pytest.mark.parametrize(
    "given",
    [
        "english please",
        "",
        "e",
        "en_US",
        "cs-",
        "-cs",
        "cs--CZ",
        "cs ",
        "cs\n",
        "česky",
        "c\u017f",  # LATIN SMALL LETTER LONG S, which matches s when case is ignored
        "\u212ao",
        "en-a",
        "en-x",
        "abcdefghi",
        '"><script>',
        5,
        None,
        True,
        b"cs",
    ],
)
def test_what_is_no_language_tag_is_refused_with_the_value_and_the_form(given):
    with pytest.raises(ValueError, match="not a BCP 47 language tag, such as 'cs'") as raised:
        validation.language("language", given)
    assert f"language {given!r}" in str(raised.value)


@pytest.mark.parametrize("given", ["NewWidget", "Prodej – Brno", "'", "x" * 200, "用户"])
def test_a_name_is_any_printable_text(given):
    assert validation.name("preset", given) == given


@pytest.mark.parametrize("given", ["", " ", "x" * 201, "a\nb", "a\0b", "\u202eabc", 7, True, b"x"])
def test_what_is_no_name_is_refused_with_the_value_and_the_form(given):
    with pytest.raises(ValueError, match="not a text of 1 to 200 printable") as raised:
        validation.name("scope", given)
    assert f"scope {given!r}" in str(raised.value)


@pytest.mark.parametrize("given", [0, 12, "acme", "12"])
def test_a_tenant_is_a_whole_number_or_a_text(given):
    assert validation.tenant_id(given) == given


@pytest.mark.parametrize("given", [-1, 1.0, True, "", None, b"1"])
def test_any_other_tenant_is_refused(given):
    with pytest.raises(ValueError, match="tenant_id"):
        validation.tenant_id(given)


@pytest.mark.parametrize("given", [True, 159, 4001, 460.0, "460", None])
def test_a_whole_number_is_no_bool_and_within_its_bounds(given):
    with pytest.raises(ValueError, match="not a whole number from 160 to 4000"):
        validation.whole("height", given, 160, 4000)


@pytest.mark.parametrize("given", [1, 0, None, "True", 1.0])
def test_a_flag_is_nothing_that_merely_looks_like_one(given):
    with pytest.raises(ValueError, match="neither True nor False"):
        validation.flag("autoconnect", given)


@pytest.mark.parametrize("given", ["Auto", "", None, 0, ["auto"]])
def test_a_choice_is_one_of_the_words(given):
    with pytest.raises(ValueError, match="not one of 'auto', 'none'"):
        validation.choice("isolation", given, ("auto", "none"))
