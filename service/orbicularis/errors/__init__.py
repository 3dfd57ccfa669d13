"""What can be wrong with input, told so that its author can mend it."""
