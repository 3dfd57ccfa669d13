"""The workbench, over HTTP and in a browser."""
