"""Charts that the server draws as SVG, each with a table of the same figures beside it; the table is the truth.

Along a chart lengths are per cent of the space it is given, down it they are ems of its lettering: bars stretch with
the page, and words keep the size that the reader set. `bars` and `dates` draw, the other modules say what.
"""
