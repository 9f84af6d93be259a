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
    path = settings.data_folder / "address.key"
    if not path.exists():
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")
    return bytes.fromhex(path.read_text(encoding="ascii"))
