"""What prefetch lacks, fetched from the client's FHIR server (2.0, FHIR Resource Access)."""
