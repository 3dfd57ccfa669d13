"""Clients' side of authentication: keys, key sets and tokens."""

import json
import uuid
from base64 import urlsafe_b64encode
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import get_default_algorithms

Json = dict[str, Any]
PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

ISSUER = "https://ehr.example.org/fhir"
OTHER = "https://other.example.org"
BASE = "https://cds.example.org/twitching"
PATH = "/cds-services/facial-twitching"
NOW = 1_800_000_000.0
"""When everything happens, in seconds since 1970."""

_CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}


def private(algorithm: str, name: str = "ours") -> PrivateKey:
    """A key that can sign with the algorithm; always the same for the same name."""
    return _key("RSA" if algorithm[:2] in ("RS", "PS") else algorithm, name)


@cache
def _key(kind: str, name: str) -> PrivateKey:
    """One for all RSA algorithms, because making them takes long; ``name`` tells keys apart."""
    if kind in _CURVES:
        return ec.generate_private_key(_CURVES[kind])
    if kind == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk(key: Any, algorithm: str, **members: Any) -> Json:
    """A key as JWK; ``kid`` is the algorithm's name unless given, members of None are left out."""
    made = get_default_algorithms()[algorithm].to_jwk(key, as_dict=True)
    all_members = {**made, "use": "sig", "kid": algorithm, **members}
    return {name: value for name, value in all_members.items() if value is not None}


def public(algorithm: str, name: str = "ours", **members: Any) -> Json:
    """The public half of a key, as JWK."""
    return jwk(private(algorithm, name).public_key(), algorithm, **members)


def key_set(*keys: Json) -> bytes:
    """A JWKS."""
    return json.dumps({"keys": keys}).encode()


def claims(**changes: Any) -> Json:
    """What a good token says; a change of None leaves a claim out."""
    good = {
        "iss": ISSUER,
        "aud": BASE + PATH,
        "exp": NOW + 300,
        "iat": NOW,
        "jti": uuid.uuid4().hex,
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def token(
    algorithm: str = "ES384",
    key: Any = None,
    header: Json | None = None,
    **changes: Any,
) -> str:
    """A token signed by the issuer's key, or another; ``changes`` are of its claims."""
    names = {"kid": algorithm, **(header or {})}
    return jwt.encode(
        claims(**changes),
        private(algorithm) if key is None else key,
        algorithm,
        headers={name: value for name, value in names.items() if value is not None},
    )


def segment(part: bytes | Json) -> str:
    """One part of a token."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: bytes | Json, payload: bytes | Json, algorithm: str = "ES384") -> str:
    """A token of any header and payload with a signature that is right."""
    signing = f"{segment(header)}.{segment(payload)}"
    signature = get_default_algorithms()[algorithm].sign(signing.encode(), private(algorithm))
    return f"{signing}.{segment(signature)}"
