"""What is to be said, kept with what happened."""
