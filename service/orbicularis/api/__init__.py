"""The HTTP face: CDS Hooks 2.0, health, documentation."""
