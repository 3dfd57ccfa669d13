"""The benchmark: the service beside a bare application, in the same run (``make bench``)."""
