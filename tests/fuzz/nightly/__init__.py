"""What is too long for every day: the document and the properties, over many more examples."""
