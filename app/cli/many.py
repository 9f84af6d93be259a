"""Options that take several files at once: `--register A.csv B.csv` for `--register A.csv --register B.csv`."""

from collections.abc import Iterable
from typing import Any

import typer.core


def spread(words: list[str], options: Iterable[str]) -> list[str]:
    """Return the words with each option repeated before every one of its values.

    Only where the argument of the command comes first, so that no value can be mistaken for it.
    """
    if not words or words[0].startswith("-"):
        return words
    found: list[str] = []
    option, values = "", 0
    for word in words:
        if word.startswith("--"):
            option, values = (word if word in options else ""), 0
        elif option:
            if values:
                found.append(option)
            values += 1
        found.append(word)
    return found


class ManyFilesCommand(typer.core.TyperCommand):
    """A command whose repeatable options may also be followed by several values."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - a type private to Typer
        """Read the words of the command line."""
        several = [name for one in self.params if getattr(one, "multiple", False) for name in one.opts]
        return super().parse_args(ctx, spread(args, several))
