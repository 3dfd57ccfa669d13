"""Coverage-guided fuzzing: raw bytes in, and an oracle that says whether the answer is right."""
