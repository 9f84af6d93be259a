"""The service: the only code that knows HTTP, SQL, the clock or the disk."""
