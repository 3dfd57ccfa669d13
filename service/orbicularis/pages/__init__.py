"""The rules as pages to read: computed from a bundle, rendered as HTML, free of any patient."""
