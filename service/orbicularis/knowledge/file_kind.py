"""The kinds of files in a bundle: where each stands and which type holds it."""

from dataclasses import dataclass
from enum import StrEnum

from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.bundle import Manifest
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.concept import Concepts, Systems
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.overlay import Overlay
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.reference import References
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.survivors import Survivors
from orbicularis.knowledge.vignette import Vignettes


class Named(StrEnum):
    """What a word in a rule can name; the value is how a person says it."""

    FINDING = "finding"
    CAUSE = "cause"
    ORDER = "order"
    RED_FLAG = "red flag"
    MEASUREMENT = "measurement"
    SERVICE = "service"
    REFERENCE = "reference"
    CONCEPT = "terminology key"
    WORDS = "word list"
    SITE = "body site"
    SYSTEM = "code system"


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file.

    Attributes:
        name: as a person says it; also the stem of its JSON Schema.
        plural: for counts.
        path: the file itself, or the folder with a trailing slash that holds its files.
        model: the type of its data.
        named: what its stem names; None when its stem names nothing.
        tested: True when vignettes may stand beside it.
    """

    name: str
    plural: str
    path: str
    model: type[Knowledge]
    named: Named | None = None
    tested: bool = False


MANIFEST = FileKind("bundle", "bundles", "bundle.yaml", Manifest)
REFERENCES = FileKind("references", "references", "references.yaml", References)
LANGUAGE = FileKind("language", "languages", "language.yaml", Language)
SYSTEMS = FileKind("systems", "code systems", "terminology/systems.yaml", Systems)
CONCEPTS = FileKind("terminology", "terminology files", "terminology/", Concepts)
MEASUREMENT = FileKind(
    "measurement", "measurements", "measurements/", Measurement, Named.MEASUREMENT
)
FINDING = FileKind("finding", "findings", "findings/", Finding, Named.FINDING, tested=True)
CAUSE = FileKind("cause", "causes", "causes/", Cause, Named.CAUSE, tested=True)
RED_FLAG = FileKind("red-flag", "red flags", "red-flags/", RedFlag, Named.RED_FLAG, tested=True)
ORDER = FileKind("order", "orders", "orders/", Order, Named.ORDER, tested=True)
OVERLAY = FileKind("overlay", "overlays", "overlay.yaml", Overlay)
SERVICE = FileKind("service", "services", "services/", Service, Named.SERVICE)
TEST = FileKind("vignettes", "vignette files", "", Vignettes)
SURVIVORS = FileKind("survivors", "explained survivors", "survivors.yaml", Survivors)
WELL = FileKind("vignettes", "well patients", "well/", Vignettes)

SINGLE = (MANIFEST, REFERENCES, LANGUAGE, SYSTEMS)
FOLDERS = (CONCEPTS, MEASUREMENT, FINDING, CAUSE, RED_FLAG, ORDER, SERVICE, WELL)
RULES = tuple(kind for kind in FOLDERS if kind.named)
OF_OVERLAY = (OVERLAY, REFERENCES, SYSTEMS)
KINDS = (*SINGLE, *FOLDERS, TEST, OVERLAY, SURVIVORS)

TEST_SUFFIX = ".test.yaml"
