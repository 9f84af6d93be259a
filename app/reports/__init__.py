"""Reports as single HTML files, for the command line and to be kept with a case."""
