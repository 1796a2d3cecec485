"""What a person sets, and keeps: in the file, in the keyring, in the system; commands and page."""
