"""Client authentication by JWT (CDS Hooks 2.0, Trusting CDS Clients)."""
