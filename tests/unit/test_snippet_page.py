"""The page that a widget's snippet is written to."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from owidget_jupyter import OWidget

from .driver import COMPANY


@pytest.mark.parametrize(
    ("settings", "html"),
    [
        ({"page_language": "sk", "language": "cs"}, '<html lang="sk">'),
        ({"language": "cs"}, '<html lang="cs">'),
        ({"page_language": "", "language": "cs"}, "<html>"),
        ({}, "<html>"),
    ],
    ids=str,
)
def test_a_page_has_its_language_and_the_snippet(tmp_path, settings, html):
    chat = OWidget(COMPANY, preset="Prodej é", **settings)
    written = chat.to_html(tmp_path / "chat.html")
    assert written == tmp_path / "chat.html"
    text = written.read_bytes().decode()
    assert text.startswith("<!doctype html>\n")
    assert text.count(f"\n{html}\n") == 1
    assert text.count(f"\n{chat.snippet()}\n</body>\n</html>\n") == 1
    for part in ('<meta charset="utf-8">', '<meta name="viewport"', "<title>Chat</title>"):
        assert part in text


def test_a_page_can_leave_the_data_out(tmp_path, chat):
    chat.add_custom_data("name", "Eva")
    assert "Eva" in chat.to_html(tmp_path / "with.html").read_text("utf-8")
    without = chat.to_html(tmp_path / "without.html", custom_data=False)
    assert "Eva" not in without.read_text("utf-8")


def test_a_file_is_replaced_only_if_that_is_said(tmp_path, chat):
    path = tmp_path / "chat.html"
    path.write_text("mine", "utf-8")
    path.chmod(0o640)
    with pytest.raises(FileExistsError, match="overwrite=True replaces it") as caught:
        chat.to_html(path)
    assert caught.value.filename == str(path)
    assert path.read_text("utf-8") == "mine"
    assert chat.to_html(str(path), overwrite=True) == path
    assert chat.snippet() in path.read_text("utf-8")
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_may_have_a_line_break(tmp_path, chat):
    path = tmp_path / "a\nb.html"
    for overwrite in (False, True):
        assert chat.to_html(path, overwrite=overwrite) == path


def test_overwriting_a_link_writes_what_it_leads_to(tmp_path, chat):
    (tmp_path / "link.html").symlink_to("chat.html")
    with pytest.raises(FileExistsError):
        chat.to_html(tmp_path / "link.html")
    for _ in ("there is nothing yet", "there is the page"):
        chat.to_html(tmp_path / "link.html", overwrite=True)
        assert (tmp_path / "link.html").is_symlink()
        assert chat.snippet() in (tmp_path / "chat.html").read_text("utf-8")


def test_overwriting_takes_no_file_to_be_there(tmp_path, chat):
    assert chat.to_html(tmp_path / "new.html", overwrite=True).is_file()


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_path_that_cannot_be_written_is_said_to_be(tmp_path, chat, overwrite):
    with pytest.raises(IsADirectoryError, match="a page is a file, and not a folder"):
        chat.to_html(tmp_path, overwrite=overwrite)
    with pytest.raises(FileNotFoundError):
        chat.to_html(tmp_path / "nowhere" / "chat.html", overwrite=overwrite)
    with pytest.raises(TypeError):
        chat.to_html(None, overwrite=overwrite)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Have no file grow beyond a size in bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_page_is_written_whole_or_not_at_all(tmp_path, chat):
    path = tmp_path / "chat.html"
    with full_disk(100), pytest.raises(OSError, match="File too large"):
        chat.to_html(path)
    assert list(tmp_path.iterdir()) == []
    before = chat.to_html(path).read_bytes()
    with full_disk(100), pytest.raises(OSError, match="File too large"):
        chat.to_html(path, overwrite=True)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before
