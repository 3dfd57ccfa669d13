"""A host of key sets on loopback, whose answers tests choose."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from tests.support.patience import PATIENCE_S


@dataclass
class Answer:
    """What is answered at one path; ``go`` holds it back until it is set."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    go: Event | None = None


@dataclass
class KeyServer:
    """Answers by path, and how often each path was asked."""

    base: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def url(self, path: str = "/jwks") -> str:
        return self.base + path

    def serve(self, body: bytes, path: str = "/jwks") -> None:
        self.answers[path] = Answer(body)


@contextmanager
def key_server() -> Iterator[KeyServer]:
    """Serve from a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked[self.path] += 1
            answer = server.answers.get(self.path, Answer(status=404))
            if answer.go is not None:
                answer.go.wait(PATIENCE_S)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            try:
                self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        server = KeyServer(f"http://127.0.0.1:{httpd.server_address[1]}")
        thread = Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            for answer in server.answers.values():
                if answer.go is not None:
                    answer.go.set()
            httpd.shutdown()
            thread.join()
