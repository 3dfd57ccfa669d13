"""The signature of a token (RFC 7515, section 5.2).

Verifying takes 0.05 to 0.5 ms (RS384 the shortest, ES384 the longest of those recommended):
too little to be worth a thread.
"""

from jwt import PyJWS
from jwt.exceptions import PyJWTError

from orbicularis.api.auth.key import Key
from orbicularis.api.auth.token import Token
from orbicularis.api.setting_values import Algorithm

# It knows the algorithms that a setting can accept and no others: neither none nor HMAC.
_JWS = PyJWS(
    algorithms=[algorithm.value for algorithm in Algorithm],
    options={"enforce_minimum_key_length": True, "verify_signature": True},
)


def is_signed(token: Token, key: Key) -> bool:
    """True when the key signed the token, by an algorithm that the key is for."""
    if token.algorithm not in key.algorithms:
        return False
    try:
        _JWS.decode_complete(token.text, key.public, algorithms=[token.algorithm])
    except PyJWTError:
        return False
    return True
