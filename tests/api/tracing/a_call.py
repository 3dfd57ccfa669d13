"""A call that is answered with cards."""

from datetime import UTC, datetime
from typing import Any

from orbicularis.api.sample import sample
from orbicularis.cli.sample import shifted

PATH = "/cds-services/facial-twitching"
CALL: dict[str, Any] = shifted(sample("hypoparathyroidism.request"), datetime.now(UTC))
