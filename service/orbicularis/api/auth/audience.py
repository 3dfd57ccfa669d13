"""For whom a token is: the public URL that was called (CDS Hooks 2.0, Trusting CDS Clients)."""

from starlette.requests import Request


def called(request: Request) -> str:
    """Path of the endpoint that was called, below the base URL."""
    path: str = request.scope["path"]
    root: str = request.scope.get("root_path", "").rstrip("/")
    return _plain(path.removeprefix(root) if path.startswith(f"{root}/") else path)


def is_for(aud: object, base_url: str, path: str) -> bool:
    """True when ``aud`` is, or has among others, the URL of the endpoint.

    Clients name what they call, and they call with a slash too many at the end or in the
    middle: that is no other endpoint. All else has to match by character. The Host header
    has no say: whoever replays a token sends the one that suits him.

    Args:
        aud: the claim.
        base_url: public base URL of the service, without a slash at its end.
        path: what :func:`called` gave.
    """
    names = aud if isinstance(aud, list) else [aud]
    if not all(isinstance(name, str) for name in names):
        return False
    return any(_is(str(name), base_url, path) for name in names)


def _is(name: str, base_url: str, path: str) -> bool:
    return name.startswith(f"{base_url}/") and _plain(name.removeprefix(base_url)) == path


def _plain(path: str) -> str:
    return "/" + "/".join(part for part in path.split("/") if part)
