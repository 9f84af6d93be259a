"""Uploaded registers, held open for as long as they are read; they never get a name of their own on the disk."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import UploadFile

from app.errors import InvalidRequestError


class HeldFiles:
    """Files sent to us, each reachable by a path until `close`, or until the service ends, however it ends.

    What was sent lies in a file that the system deleted when it was made, so no other program can open it and nothing
    is left behind; the path is a link to the open file.
    """

    def __init__(self, sent: Sequence[UploadFile]) -> None:
        """Hold what was sent.

        Raises:
            InvalidRequestError: a file without a name, or two of one name.
        """
        self._folder = TemporaryDirectory(prefix="folkmoot-held-")
        self._open: list[int] = []
        try:
            self.paths = tuple(self._held(file) for file in sent)
        except BaseException:
            self.close()
            raise

    def _held(self, file: UploadFile) -> Path:
        # Only the last part of the name is taken, whatever a browser or a program put before it.
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name
        if not name or name in {".", ".."}:
            raise InvalidRequestError("A file was sent without a name: send it with one, such as register.csv.")
        path = Path(self._folder.name) / name
        if path.is_symlink():
            raise InvalidRequestError(f"Two files named {name} were sent: rename one of them.")
        number = os.dup(file.file.fileno())
        self._open.append(number)
        file.file.flush()
        path.symlink_to(f"/proc/self/fd/{number}")
        return path

    def close(self) -> None:
        """Let go of every file; what it held is gone then."""
        while self._open:
            os.close(self._open.pop())
        self._folder.cleanup()
