"""Reading electoral registers: layouts as tables, columns by header, entries one batch at a time, never a name."""

from geo.registers.entry import Entry, EntryBatch, FileInfo, UnreadableRow, elector_number, number_parts
from geo.registers.register import Register, open_register

__all__ = [
    "Entry",
    "EntryBatch",
    "FileInfo",
    "Register",
    "UnreadableRow",
    "elector_number",
    "number_parts",
    "open_register",
]
