"""The image, its locks, and the files that deploy it, checked without an engine or a cluster."""
