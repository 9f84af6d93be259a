"""Pure geometry and electorates: values in, values out; no database, no web, no clock."""
