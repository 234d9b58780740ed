"""Attempts on windows and on what a browser does for a page: other windows, files, devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attempt import Attempt, Witness

if TYPE_CHECKING:
    from .scene import Scene

_SANDBOX = "the frame's sandbox lacks the leave"
_POLICY = "the frame is not given it"
_MEDIA = "given to the frame; a document without an origin cannot be given it"
#: The script's own window, and the page's where that can be reached.
_REACHED = """
const reached = [self];
try { if (parent.document) reached.unshift(parent); } catch {}
let refusal = new Error('nothing was tried');
const any = async (attempt) => {
  for (const of of reached) {
    try { return await attempt(of); } catch (error) { refusal = error; }
  }
  throw refusal;
};
"""


def _camera(constraints: str, method: str = "getUserMedia") -> str:
    return f"""{_REACHED}
        return any(async (of) => {{
          const stream = await of.navigator.mediaDevices.{method}({constraints});
          const names = stream.getTracks().map(track => `${{track.kind}} ${{track.readyState}}`);
          for (const track of stream.getTracks()) track.stop();
          return names.join();
        }});
        """


def _asked(kind: str) -> Witness:
    def arrived(scene: Scene, isolation: str) -> bool:
        wanted = f"/{kind}-{isolation}"
        return any(request.path == wanted for request in scene.collector.requests)

    return arrived


def _downloaded(scene: Scene, isolation: str) -> bool:
    return any(isolation in name for name in scene.downloads)


def _dialog(scene: Scene, isolation: str) -> bool:
    return any(isolation in message for message in scene.dialogs)


def _copied(scene: Scene, isolation: str) -> bool:
    return f"written-{isolation}" in scene.clipboards


def _selected(scene: Scene, isolation: str) -> bool:
    return f"selected-{isolation}" in scene.clipboards


ON_WINDOWS = (
    Attempt(
        "send",
        "send what it sees to any address, services of this machine among them",
        "await fetch(`${F.collector}/send-${F.isolation}`, {mode: 'no-cors'});",
        "a chat needs addresses that cannot be known here",
        witness=_asked("send"),
    ),
    Attempt(
        "popup",
        "open a window of another page",
        "open(`${F.collector}/popup-${F.isolation}`);",
        "a chat may have links; the browser wants a click first",
        witness=_asked("popup"),
    ),
    Attempt(
        "download",
        "start a download",
        """
        const link = document.body.appendChild(document.createElement('a'));
        link.href = URL.createObjectURL(new Blob(['mine']));
        link.download = `download-${F.isolation}.txt`;
        link.click();
        """,
        _SANDBOX,
        witness=_downloaded,
    ),
    Attempt(
        "dialog",
        "open dialogs: `alert`, `confirm`, `prompt`",
        """
        alert(`alert ${F.isolation}`);
        confirm(`confirm ${F.isolation}`);
        prompt(`prompt ${F.isolation}`);
        """,
        _SANDBOX,
        witness=_dialog,
    ),
    Attempt(
        "camera",
        "use the camera",
        _camera("{video: true}"),
        _POLICY,
        secret="any",
    ),
    Attempt(
        "microphone",
        "use the microphone",
        _camera("{audio: true}"),
        _POLICY,
        secret="any",
    ),
    Attempt(
        "display",
        "record the screen",
        _camera("{video: true}", "getDisplayMedia"),
        _POLICY,
        secret="any",
    ),
    Attempt(
        "clipboard-read",
        "read the clipboard",
        f"{_REACHED} return any((of) => of.navigator.clipboard.readText());",
        _POLICY,
        secret="clipboard",
    ),
    Attempt(
        "clipboard-write",
        "write the clipboard",
        f"{_REACHED} await any((of) => of.navigator.clipboard.writeText("
        "`written-${F.isolation}`));",
        _POLICY,
        witness=_copied,
    ),
    Attempt(
        "clipboard-copy",
        "copy a selection of its own to the clipboard, at a click",
        """
        const field = document.body.appendChild(document.createElement('textarea'));
        field.value = `selected-${F.isolation}`;
        field.select();
        if (!document.execCommand('copy')) throw new Error('nothing was copied');
        """,
        "browsers let every frame do so",
        witness=_selected,
    ),
    Attempt(
        "fullscreen",
        "fill the screen",
        _REACHED
        + """
        return any(async (of) => {
          await of.document.documentElement.requestFullscreen();
          await of.document.exitFullscreen();
          return 'filled';
        });
        """,
        _POLICY,
        secret="any",
    ),
    Attempt(
        "camera-allowed",
        "use the camera, with `allow_media=True`",
        _camera("{video: true}"),
        _MEDIA,
        secret="any",
        media=True,
    ),
    Attempt(
        "microphone-allowed",
        "use the microphone, with `allow_media=True`",
        _camera("{audio: true}"),
        _MEDIA,
        secret="any",
        media=True,
    ),
)

#: Leaves nothing behind to try anything else on.
LAST = Attempt(
    "top",
    "take the notebook's window to another page",
    """
    const address = `${F.collector}/top-${F.isolation}`;
    let refusal = null;
    try { top.location.href = address; } catch (error) { refusal = error; }
    for (const tag of ['a', 'form']) {
      const element = document.body.appendChild(document.createElement(tag));
      element.target = '_top';
      element.href = element.action = address;
      if (tag === 'a') element.click();
      else element.submit();
    }
    if (refusal) throw refusal;
    """,
    _SANDBOX,
    witness=_asked("top"),
)
