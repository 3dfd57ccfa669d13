"""One reader per kind of resource: from a record to facts."""
