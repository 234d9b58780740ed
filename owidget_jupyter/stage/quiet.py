"""Keeping a thread of ours silent: what a kernel's process logs shows in the notebook."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident

_LOGGERS = ("asyncio", "tornado.access", "tornado.application", "tornado.general")


@contextmanager
def quiet(failed: Callable[[str], None]) -> Iterator[None]:
    """Log nothing of what asyncio and tornado have to say of this thread.

    Their lines repeat what a stranger sent, at any level that somebody may have turned on; other
    threads of the kernel's, which use the same libraries, log as before.

    Args:
        failed: Hears of what would have been logged as an error: the exception's type, or else
            the logger's name.
    """
    muffler = _Muffler(get_ident(), failed)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addFilter(muffler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(muffler)


class _Muffler(logging.Filter):
    def __init__(self, thread: int, failed: Callable[[str], None]) -> None:
        super().__init__()
        self._thread = thread
        self._failed = failed

    def filter(self, record: logging.LogRecord) -> bool:
        if record.thread != self._thread:
            return True
        if record.levelno >= logging.ERROR:
            raised = record.exc_info[0] if record.exc_info else None
            self._failed(raised.__name__ if raised else record.name)
        return False
