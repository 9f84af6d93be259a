"""Shapes in and out of the API, and the JSON Schemas of our published documents."""
