"""Where files lie: by the SHA-256 of their content, in a folder or in any object store that fsspec reaches.

A content is written once and never changed; what it is called, and by whom, is the database's business.
"""

import hashlib
import secrets

import fsspec

from app.errors import ServiceUnavailableError
from app.settings import Settings

_HEX = frozenset("0123456789abcdef")
_SHA256_DIGITS = 64


class DocumentStore:
    """One store of contents, addressed by their SHA-256 in hexadecimal."""

    def __init__(self, address: str, **options: str) -> None:
        """Open a store; nothing is read or written yet.

        Args:
            address: a folder, or an address fsspec knows, such as s3://bucket/folder.
            options: what that kind of store wants to know, such as endpoint_url.
        """
        self._files, self._root = fsspec.core.url_to_fs(address, **options)

    def put(self, content: bytes) -> str:
        """Keep a content, and return its SHA-256 (hex); a content that is there already is left alone."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if self._files.exists(path):
            return sha256
        # Written beside its place and moved there, so that a broken write never has the name of a whole content.
        part = f"{path}.{secrets.token_hex(4)}.part"
        self._files.makedirs(self._files._parent(path), exist_ok=True)  # noqa: SLF001 - fsspec's own way up a path
        self._files.pipe_file(part, content)
        self._files.mv(part, path)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the content of a hash.

        Raises:
            ServiceUnavailableError: it is not there, or is no longer what it was.
        """
        try:
            content: bytes = self._files.cat_file(self._path(sha256))
        except FileNotFoundError as missing:
            raise ServiceUnavailableError(
                f"The file {sha256[:12]}… is missing from the document store: tell whoever runs this service."
            ) from missing
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ServiceUnavailableError(
                f"The file {sha256[:12]}… is no longer what was stored: tell whoever runs this service."
            )
        return content

    def has(self, sha256: str) -> bool:
        """Say whether a content is there."""
        return bool(self._files.exists(self._path(sha256)))

    def contents(self) -> list[str]:
        """Return the hash of every content, in order."""
        if not self._files.exists(self._root):
            return []
        names = (path.rsplit("/", maxsplit=1)[-1] for path in self._files.find(self._root))
        return sorted(name for name in names if len(name) == _SHA256_DIGITS and _HEX.issuperset(name))

    def _path(self, sha256: str) -> str:
        if len(sha256) != _SHA256_DIGITS or not _HEX.issuperset(sha256):
            raise ValueError(f"{sha256[:80]!r} is no SHA-256 in hexadecimal")
        return f"{self._root}/{sha256[:2]}/{sha256}"


def document_store(settings: Settings) -> DocumentStore:
    """Return the store that the settings name; a folder beside the embedded database where they name none."""
    if settings.document_store:
        return DocumentStore(settings.document_store, **settings.document_store_options)
    return DocumentStore(str((settings.data_folder / "documents").absolute()))
