"""Finding terms in what people wrote, and what is said of them."""
