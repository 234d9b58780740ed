"""One way to normalise many numbers, in a process of its own.

The library's pattern cache is the process's, and cannot be turned off: whoever goes without it
must not share a process with one who has it. Texts come as JSON on stdin; how long it took, in
seconds of CPU and without imports, and the results go as JSON to stdout.

    python loop.py CONTENDER REGION
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

Normalizing = Callable[[list[str]], "list[str | None]"]


def plain_loop(region: str) -> Normalizing:
    """Return what one would write from the library's documentation."""

    def normalize(texts: list[str]) -> list[str | None]:
        results: list[str | None] = []
        for text in texts:
            try:
                number = phonenumbers.parse(text, region)
            except NumberParseException:
                results.append(None)
                continue
            valid = phonenumbers.is_valid_number(number)
            international = PhoneNumberFormat.INTERNATIONAL
            results.append(phonenumbers.format_number(number, international) if valid else None)
        return results

    return normalize


def plain_loop_with_pattern_cache(region: str) -> Normalizing:
    """Return the same of one who has found the pattern cache."""
    phonenumbers.enable_pattern_cache()
    return plain_loop(region)


def normalize_many(region: str) -> Normalizing:
    """Return a policy's; with it comes the pattern cache."""
    from owidget_jupyter import NumberPolicy  # not at the top: the plain loop is to be without

    return NumberPolicy(region).normalize_many


CONTENDERS = {
    each.__name__: each for each in (normalize_many, plain_loop, plain_loop_with_pattern_cache)
}


def main() -> None:
    name, region = sys.argv[1:]
    texts = json.load(sys.stdin)
    normalize = CONTENDERS[name](region)
    begin = time.process_time()
    results = normalize(texts)
    taken = time.process_time() - begin
    json.dump({"taken": taken, "results": results}, sys.stdout)


if __name__ == "__main__":
    main()
