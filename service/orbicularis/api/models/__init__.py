"""What goes over the wire, typed: the requests we accept and the documents we answer with."""
