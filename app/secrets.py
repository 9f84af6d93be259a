"""Keys that the service makes for itself on first use and keeps beside the embedded database."""

import secrets

from app.settings import Settings

_KEY_BYTES = 32


def address_secret(settings: Settings) -> bytes:
    """Return the key under which addresses are hashed: the setting's, or one made once and kept in the data folder.

    The file is readable by the service's own user only. Losing it loses nothing but the power to tell that two
    registers speak of the same address.
    """
    if settings.address_key is not None:
        return settings.address_key.get_secret_value().encode()
    return _kept(settings, "address.key")


def service_secret(settings: Settings) -> bytes:
    """Return the key under which forms and second factors are sealed: the setting's, or one made once and kept.

    Losing it signs nobody out, but every second factor has to be set up anew.
    """
    if settings.service_key is not None:
        return settings.service_key.get_secret_value().encode()
    return _kept(settings, "service.key")


def checkpoint_secret(settings: Settings) -> bytes:
    """Return the 32 bytes of the Ed25519 key that signs checkpoints of the record, made once and kept."""
    return _kept(settings, "checkpoint.key")


def _kept(settings: Settings, name: str) -> bytes:
    path = settings.data_folder / name
    if not path.exists():
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")
    return bytes.fromhex(path.read_text(encoding="ascii"))
