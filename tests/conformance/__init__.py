"""Each requirement of the protocol, with the test that shows it or the reason why none does."""
