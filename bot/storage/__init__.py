"""Where things are kept: the database, photos and files."""
