"""Pages over HTTP and in a browser."""
