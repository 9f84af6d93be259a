"""Use cases: one lawful change per function, each with its audit event; they flush and never commit."""
