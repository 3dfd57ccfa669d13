"""From facts and rules to an assessment; pure, no I/O."""
