"""A website on a port of its own, whose pages are pointed at the simulator's host."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

_TYPES = {".html": "text/html", ".js": "text/javascript"}


class Site:
    """Serves the files of a folder with other hosts written into them.

    Args:
        folder: With the pages.
        hosts: What to write in place of which host, which is all that a page has to change.
    """

    def __init__(self, folder: Path, hosts: dict[str, str]) -> None:
        self._folder = folder
        self._hosts = hosts
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content, kind = site._file(urlsplit(self.path).path.lstrip("/"))
                self.send_response(HTTPStatus.OK if kind else HTTPStatus.NOT_FOUND)
                self.send_header("Content-Type", f"{kind or 'text/plain'}; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.authority = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def _file(self, name: str) -> tuple[bytes, str | None]:
        if name not in {path.name for path in self._folder.iterdir()}:
            return b"", None
        text = (self._folder / name).read_text("utf-8")
        for theirs, ours in self._hosts.items():
            text = text.replace(f"//{theirs}/", f"//{ours}/")
        return text.encode(), _TYPES[Path(name).suffix]

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._server.shutdown()
        self._server.server_close()
