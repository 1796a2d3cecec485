"""Roads to the person, one file each."""
