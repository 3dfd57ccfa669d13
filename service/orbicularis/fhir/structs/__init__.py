"""The parts of FHIR resources that are read, R4, R4B and R5 side by side."""
