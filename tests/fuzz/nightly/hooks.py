"""What schemathesis is told about this service; its own process loads this file."""

import json
import os
import time
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote

import jwt
import schemathesis
from schemathesis.auths import AuthContext
from schemathesis.hooks import HookContext

from tests.api.auth import signer

KEY = "ORBICULARIS_TEST_KEY"
"""Environment variable that names the file of the client's private key, where calls need one."""
ALGORITHM = "ES384"

_SAMPLES = Path(__file__).parents[3] / "service/orbicularis/api/samples"
_REAL = [
    json.loads(file.read_text("utf-8"))
    for file in sorted(_SAMPLES.glob("*.request.json"))
    if not file.name.startswith("feedback")
]
_CALL = "/cds-services/{id}"
_RANDOM = Random(0)  # noqa: S311 - for variety, not for secrets
_HOW_OFTEN = 0.3


@schemathesis.hook
def map_case(context: HookContext, case: Any) -> Any:
    """Put a real call in the place of some good ones, so that there are cards to follow up."""
    good = case.meta is None or case.meta.generation.mode.is_positive
    if case.operation.path == _CALL and good and _RANDOM.random() < _HOW_OFTEN:
        case.body = _RANDOM.choice(_REAL)
    return case


if KEY in os.environ:
    _PRIVATE = Path(os.environ[KEY]).read_bytes()

    @schemathesis.auth(refresh_interval=None)
    class Token:
        """A token of its own for each case: it opens once."""

        def get(self, case: Any, context: AuthContext) -> str:
            """Sign a token for the operation that is called."""
            now = int(time.time())
            path = unquote(case.formatted_path)
            claims = signer.claims(aud=f"{signer.BASE}{path}", iat=now, exp=now + 300)
            return jwt.encode(claims, _PRIVATE, ALGORITHM, headers={"kid": ALGORITHM})

        def set(self, case: Any, data: str, context: AuthContext) -> None:
            """Send it."""
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}
