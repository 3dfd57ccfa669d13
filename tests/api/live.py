"""The application on a real socket, in a thread of the test process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from orbicularis.api.app import Application, create_app
from orbicularis.api.settings import Settings
from orbicularis.cli.listen import listen, url
from orbicularis.cli.server_options import options
from orbicularis.engine.engine import Engine


@contextmanager
def live(engine: Engine, settings: Settings) -> Iterator[str]:
    """Serve on a free loopback port; the value is the base URL."""
    with running(create_app(engine, settings)) as url_of_it:
        yield url_of_it


@contextmanager
def running(app: Application) -> Iterator[str]:
    """Serve an application that the test keeps hold of."""
    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(app, **options(app.state.running.settings))
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        # The socket listens already: a client waits until the server takes it.
        yield url(listening)
    finally:
        server.should_exit = True
        thread.join()
