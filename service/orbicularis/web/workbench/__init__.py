"""The workbench: one request tried by hand, with its chart, its cards and its reasons."""
