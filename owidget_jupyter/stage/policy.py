"""What the stage's document may do, as Content-Security-Policy says it."""

from __future__ import annotations

from urllib.parse import urlsplit


def enforced(ancestor: str) -> str:
    """Return the policy that browsers keep to.

    Args:
        ancestor: Origin of the only page that may frame the answer, or ``'none'``.
    """
    return f"object-src 'none'; base-uri 'none'; frame-ancestors {ancestor}"


def watched(script: str | None) -> str | None:
    """Return the policy whose violations are only told to the stage's document.

    It allows the host of the vendor's script and what is written into the document itself:
    whatever else a chat needs cannot be known here, and so shows. Nothing is sent anywhere.

    Args:
        script: Address of the vendor's script, None for the simulator's.

    Returns:
        None where a policy has no way to write the script's host, an IPv6 address.
    """
    allowed = ["'self'"]
    if script is not None:
        address = urlsplit(script)
        if address.netloc.startswith("["):
            return None
        socket_scheme = {"http": "ws", "https": "wss"}[address.scheme]
        allowed += [f"{address.scheme}://{address.netloc}", f"{socket_scheme}://{address.netloc}"]
    hosts = " ".join(allowed)
    return f"default-src 'unsafe-inline' {hosts}; form-action {hosts}"
