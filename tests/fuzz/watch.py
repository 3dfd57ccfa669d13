"""What is logged while a request is answered."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

LOGGER = "orbicularis"


class Watch(logging.Handler):
    """Keeps the lines of one request, and the failure behind a 500."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.failure: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line; an error is logged while it is handled, and so is still at hand."""
        self.lines.append(f"{record.getMessage()} {getattr(record, 'fields', '')}")
        if record.levelno >= logging.ERROR:
            self.failure = sys.exc_info()[1] or RuntimeError(record.getMessage())

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Forget what was, and listen."""
        self.lines, self.failure = [], None
        logger = logging.getLogger(LOGGER)
        before = logger.level, logger.propagate
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.level, logger.propagate = before


def kind_of(failure: BaseException) -> str:
    """Type and place of a failure: the last step that is our own."""
    steps = traceback.extract_tb(failure.__traceback__)
    ours = [step for step in steps if "/orbicularis/" in step.filename] or list(steps)
    where = f"{ours[-1].filename.rpartition('/orbicularis/')[2]} {ours[-1].name}" if ours else "?"
    return f"{type(failure).__name__} in {where}"


def text_of(failure: BaseException) -> str:
    """The whole way to a failure."""
    return "".join(traceback.format_exception(failure))
