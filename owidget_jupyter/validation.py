"""What each setting may be: functions that return the value to keep, or say what is wrong.

Each raises `ValueError` with the value and the accepted form; the traits turn that into a
`traitlets.TraitError`, so that the previous value stands.
"""

from __future__ import annotations

import re
import uuid

_GUID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

# The well-formed tags of RFC 5646 (BCP 47), without the grandfathered ones; compiled on its first
# use, and kept by `re`: no import of the package is to wait for that.
_LANGUAGE_TAG = r"""
(?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4} | [a-z]{5,8} )   # language, extended language
(?:-[a-z]{4})?                                                # script
(?:-(?:[a-z]{2}|[0-9]{3}))?                                   # region
(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*                      # variants
(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*                          # extensions
(?:-x(?:-[a-z0-9]{1,8})+)?                                    # private use
"""
_LANGUAGE_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOOPBACK_V4 = re.compile(r"127(?:\.(?:0|[1-9][0-9]{0,2})){3}")
# Those of the Fetch standard's "bad ports" that need no rights: browsers contact none of them.
_SHUNNED_PORTS = {
    *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080),
    *range(6665, 6670),
}
_HOST_FORM = (
    "a bare host name with an optional port, such as app.mluvii.com or localhost:8123 "
    "(also 127.0.0.1 and [::1]); no scheme, path or user"
)


def company_id(value: object) -> str:
    """Return a company id as a lower-case GUID with dashes."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, str) and _GUID.fullmatch(value):
        return str(uuid.UUID(value))
    raise ValueError(
        f"company_id {value!r} is not a GUID; give it as text with or without dashes, such as "
        "'295b1064-cf5b-4a5d-9e05-e7a74f86ae5e', or as uuid.UUID"
    )


def tenant_id(value: object) -> str | int:
    """Return a tenant id: a whole number or a text."""
    if isinstance(value, str):
        return name("tenant_id", value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
        return value
    raise ValueError(f"tenant_id {value!r} is neither a whole number from 0 to 2^53 - 1 nor a text")


def name(what: str, value: object) -> str:
    """Return a preset's or scope's name: a text of 1 to 200 printable characters."""
    if isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable() and value.strip():
        return value
    raise ValueError(
        f"{what} {value!r} is not a text of 1 to 200 printable characters; None leaves it out"
    )


def language(what: str, value: object) -> str:
    """Return a BCP 47 language tag."""
    if isinstance(value, str) and re.fullmatch(_LANGUAGE_TAG, value, _LANGUAGE_FLAGS):
        return value
    raise ValueError(
        f"{what} {value!r} is not a BCP 47 language tag, such as 'cs', 'de-AT' or 'zh-Hant'; "
        "None leaves it out"
    )


def host(value: object) -> str:
    """Return a host name with an optional port, in lower case."""
    if not isinstance(value, str):
        raise ValueError(f"host {value!r} is not a text; accepted: {_HOST_FORM}")
    for mark, part in (("://", "a scheme"), ("@", "a user"), ("/", "a path")):
        if mark in value:
            raise ValueError(f"host {value!r} has {part}; accepted: {_HOST_FORM}")
    hostname, port = _split_port(value.lower())
    # lower() turns some other letters into ASCII ones: ASCII must it have been before.
    if not value.isascii() or not _is_host_name(hostname):
        raise ValueError(f"host {value!r} is not accepted; accepted: {_HOST_FORM}")
    if port is None:
        return hostname
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise ValueError(f"host {value!r} has no port from 1 to 65535; accepted: {_HOST_FORM}")
    return f"{hostname}:{int(port)}"


def is_loopback(hostname: str) -> bool:
    """Tell whether a name or address, without port, can only mean this machine."""
    if _LOOPBACK_V4.fullmatch(hostname):
        return all(int(octet) <= 255 for octet in hostname.split("."))
    return hostname in ("localhost", "[::1]")


def script_url(checked_host: str) -> str:
    """Return the address of the vendor's script: https, and http on loopback only."""
    scheme = "http" if is_loopback(_split_port(checked_host)[0]) else "https"
    return f"{scheme}://{checked_host}/widget/OOWidget.js"


def _split_port(value: str) -> tuple[str, str | None]:
    if value.startswith("["):
        address, bracket, rest = value.partition("]")
        hostname = address + bracket
        if not rest:
            return hostname, None
        return (hostname, rest[1:]) if rest.startswith(":") else (value, None)
    hostname, colon, port = value.partition(":")
    return hostname, port if colon else None


def _is_host_name(hostname: str) -> bool:
    if is_loopback(hostname):
        return True
    labels = hostname.split(".")
    # A browser reads a name that ends in a number as an address (127.1, 0x7f.1), and names
    # around "localhost" look local without being so.
    if _NUMERIC_LABEL.fullmatch(labels[-1]) or "localhost" in labels:
        return False
    return len(hostname) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


def choice(what: str, value: object, accepted: tuple[str, ...]) -> str:
    """Return one of a few words."""
    if isinstance(value, str) and value in accepted:
        return value
    raise ValueError(f"{what} {value!r} is not one of {', '.join(map(repr, accepted))}")


def whole(what: str, value: object, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise ValueError(f"{what} {value!r} is not a whole number from {least} to {most}")


def port(what: str, value: object) -> int:
    """Return a port that a person may take, and a browser contact."""
    try:
        number = whole(what, value, 1024, 65_535)
    except ValueError as error:
        raise ValueError(f"{error}; None takes any free port") from None
    if number in _SHUNNED_PORTS:
        raise ValueError(f"{what} {number} is one that browsers refuse to contact; take another")
    return number


def flag(what: str, value: object) -> bool:
    """Return True or False, and nothing that merely looks like it."""
    if isinstance(value, bool):
        return value
    raise ValueError(f"{what} {value!r} is neither True nor False")
