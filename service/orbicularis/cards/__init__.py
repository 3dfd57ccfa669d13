"""From an assessment to CDS Hooks cards."""
