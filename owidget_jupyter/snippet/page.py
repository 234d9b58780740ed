"""A whole page with a snippet, and the file that it is written to."""

from __future__ import annotations

import errno
import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from owidget_jupyter.recording import jsonl

if TYPE_CHECKING:
    from owidget_jupyter.settings import Settings

_PAGE = """<!doctype html>
<!-- To be served over http or https: opened as a file, it looks for the script on the disk. -->
<html{lang}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat</title>
</head>
<body>
<h1>Chat</h1>
{snippet}
</body>
</html>
"""


def page(settings: Settings, snippet: str) -> str:
    """Return a page that has the chat and nothing else.

    Its language is `page_language`, or else that of the widget; where there is neither, none is
    said, and the browser's decides.
    """
    language = settings.page_language
    if language is None:
        language = settings.language
    return _PAGE.format(lang=f' lang="{escape(language)}"' if language else "", snippet=snippet)


def write(path: str | os.PathLike[str], text: str, overwrite: bool) -> Path:
    """Write a page of ASCII alone, which is UTF-8 as well, whole or not at all.

    Returns:
        Where it is.

    Raises:
        FileExistsError: if there is such a file, unless it is to be overwritten.
        IsADirectoryError: for a folder.
        OSError: if it cannot be written; what was there before stays.
        TypeError: for what is no path.
    """
    target = Path(path).expanduser()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a page is a file, and not a folder", str(target))
    try:
        file = target.open("x", encoding="ascii", newline="\n")
    except FileExistsError:
        if not overwrite:
            raise FileExistsError(
                errno.EEXIST, "it exists already, and overwrite=True replaces it", str(target)
            ) from None
        jsonl.write_whole(target.resolve(), [text])
        return target
    try:
        with file:
            file.write(text)
    except BaseException:  # half a page would be in the way of the next try
        target.unlink()
        raise
    return target
