"""Pure rules of neighbourhood planning referendums, on the standard library alone."""
