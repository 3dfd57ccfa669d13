"""From FHIR resources to facts, and order templates as FHIR."""
