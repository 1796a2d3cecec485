"""What a person sets, in the file and beside it."""
