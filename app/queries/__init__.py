"""Reads for pages, lists and data."""
