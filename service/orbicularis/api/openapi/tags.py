"""Tags: for whom an operation is."""

PROTOCOL = "CDS Hooks"
PROBES = "Probes"

TAGS = [
    {"name": PROTOCOL, "description": "What an EHR calls."},
    {"name": PROBES, "description": "What an operator's platform calls."},
]
