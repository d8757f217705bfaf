"""Other agencies, one file each: what we ask them, how their messages are read. Their words never leave the file."""
