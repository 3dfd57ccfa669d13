"""Pages made from the rules, without a server."""
