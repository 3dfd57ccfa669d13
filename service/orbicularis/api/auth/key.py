"""Keys: one public key of a key set, with what it may verify (RFC 7517, RFC 7518)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from orbicularis.api.setting_values import Algorithm

PublicKey = EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey

_RSA = (Algorithm.RS256, Algorithm.RS384, Algorithm.RS512, Algorithm.PS384)
_CURVES = {
    ("EC", "P-256"): (Algorithm.ES256,),
    ("EC", "P-384"): (Algorithm.ES384,),
    ("EC", "P-521"): (Algorithm.ES512,),
    ("OKP", "Ed25519"): (Algorithm.EDDSA,),
    ("RSA", None): _RSA,
}
"""What a key can verify, by ``kty`` and ``crv``: each curve goes with one algorithm only."""

_RSA_BITS = range(2048, 8193)
"""RFC 7518, section 3.3 asks for 2048 at least; beyond 8192 verifying takes too long."""

_MAX_EXPONENT = 12
"""Characters in base64url, enough for 64 bits: a long exponent makes verifying slow."""

_PUBLIC = ("kty", "crv", "x", "y", "n", "e")
_SECRET = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


@dataclass(frozen=True, slots=True)
class Key:
    """One public key.

    Attributes:
        kid: its name in the set.
        algorithms: those that it may verify; never one that is not accepted.
        public: the key itself.
    """

    kid: str | None
    algorithms: frozenset[str]
    public: PublicKey


def is_secret(jwk: Mapping[str, Any]) -> bool:
    """True for a private or a symmetric key: whoever reads it can sign."""
    return jwk.get("kty") == "oct" or not _SECRET.isdisjoint(jwk)


def usable(jwk: Mapping[str, Any], accepted: Collection[str]) -> Key | None:
    """The key, or None where it is not for verifying with an accepted algorithm."""
    algorithms = frozenset(_able(jwk)).intersection(accepted)
    if "alg" in jwk:
        algorithms = algorithms & {str(jwk["alg"])}
    kid = jwk.get("kid")
    if not algorithms or not _verifies(jwk) or not isinstance(kid, str | None):
        return None
    public = _public(jwk, min(algorithms))
    return None if public is None else Key(kid, algorithms, public)


def _able(jwk: Mapping[str, Any]) -> tuple[str, ...]:
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if not isinstance(kind, str) or not isinstance(curve, str | None):
        return ()
    return _CURVES.get((kind, curve), ())


def _verifies(jwk: Mapping[str, Any]) -> bool:
    """RFC 7517, sections 4.2 and 4.3: a key may be for encryption, or for signing alone."""
    operations = jwk.get("key_ops", ["verify"])
    return (
        jwk.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations
    )


def _public(jwk: Mapping[str, Any], algorithm: str) -> PublicKey | None:
    members = {name: jwk[name] for name in _PUBLIC if name in jwk}
    if not all(isinstance(member, str) for member in members.values()):
        return None
    if len(members.get("e", "")) > _MAX_EXPONENT:
        return None
    try:
        public = PyJWK(members, algorithm).key
    except (PyJWTError, UnsupportedAlgorithm, ValueError):
        return None
    if isinstance(public, RSAPublicKey) and public.key_size not in _RSA_BITS:
        return None
    return public if isinstance(public, PublicKey) else None
