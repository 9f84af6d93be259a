"""Accounts, the roles they hold, their sessions and tokens, and attempts to sign in.

No password, token or address is kept in the clear: passwords as argon2, tokens and addresses as hashes, the secret
of the second factor encrypted.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime
from app.models.organisation import Organisation

TokenHash = String(64)


class User(Base):
    """An account. Its name is what the record shows, so it is chosen for that, and never changes."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("issuer", "issuer_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Empty for an account that signs in with its council's own provider."""
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    second_factor: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The shared secret, encrypted; empty until it has been set up and proved."""
    last_second_factor_step: Mapped[int | None]
    """The last half minute whose code was used, so that no code is used twice."""
    issuer: Mapped[str | None] = mapped_column(String(200))
    issuer_subject: Mapped[str | None] = mapped_column(String(200))
    is_example: Mapped[bool] = mapped_column(default=False)
    """Made with the example, with a password that was printed: refused in production mode."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    roles: Mapped[list["RoleHeld"]] = relationship(back_populates="user", order_by="RoleHeld.id")


class RoleHeld(Base):
    """A role someone holds in one organisation, from one moment to another."""

    __tablename__ = "role_held"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="roles")
    organisation: Mapped[Organisation] = relationship()


class UserSession(Base):
    """A browser that is signed in, in one of its account's roles; a new row each time its token changes."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(TokenHash, unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("role_held.id"))
    signed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the password, or the council's provider, last said who this is."""
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()
    role: Mapped[RoleHeld | None] = relationship()


class AccessToken(Base):
    """A token with which a program acts for someone in one of their roles; shown once, kept as a hash."""

    __tablename__ = "access_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(TokenHash, unique=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role_held.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    role: Mapped[RoleHeld] = relationship()


class SignInAttempt(Base):
    """An attempt to sign in, by hashes of the account name and of where it came from; kept for a day."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "account_key", "at"), Index(None, "address_key", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[str] = mapped_column(TokenHash)
    address_key: Mapped[str] = mapped_column(TokenHash)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    succeeded: Mapped[bool]
