"""Programs that some tests need and a machine may lack; where it has to have them, it must."""

import os
import shutil

VARIABLE = "ORBICULARIS_TESTS_NEED"
"""Names, separated by commas, the programs without which tests fail instead of being skipped."""


class Missing(RuntimeError):
    """A program that this machine was said to have is not there."""


def program(name: str, *others: str) -> str | None:
    """Where a program is; None when tests that use it are to be skipped.

    Args:
        name: of the program, as the variable names it.
        others: names under which it may be installed, too.

    Raises:
        Missing: it is not there, and the variable names it.
    """
    path = next((path for one in (name, *others) if (path := shutil.which(one))), None)
    if path is None and name in os.environ.get(VARIABLE, "").split(","):
        raise Missing(f"{name} is not on this machine, and {VARIABLE} says that tests need it")
    return path
