"""One Settings, read from FOLKMOOT_… in the environment; the embedded database by default."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.roles import Role


class Officer(BaseModel):
    """A program that changes the record through the API, known by a bearer token.

    Attributes:
        name: how the record names it.
        role: one of the roles of the service; it may do what that role may.
        token: at least 24 characters.
        organisation: code of the one organisation it acts in; empty where it serves all of them.
        organisation_name: that organisation's name, as referendums write it.
    """

    name: str = Field(min_length=3)
    role: Role
    token: SecretStr = Field(min_length=24)
    organisation: str = ""
    organisation_name: str = ""


class IdentityProvider(BaseModel):
    """A council's own OpenID Connect provider, with which its people sign in.

    Attributes:
        name: part of its address here: small letters, digits and hyphens.
        title: what the sign-in page calls it.
        issuer: its address, as it publishes it.
        client_id: how it knows this service.
        client_secret: the secret it shares with this service.
        account_claim: what in its answer names the account: `preferred_username`, or a verified `email`.
    """

    name: str = Field(pattern=r"^[a-z0-9-]{2,40}$")
    title: str = Field(min_length=3)
    issuer: str = Field(pattern=r"^https?://")
    client_id: str = Field(min_length=1)
    client_secret: SecretStr
    account_claim: Literal["preferred_username", "email"] = "preferred_username"


class Settings(BaseSettings):
    """Everything a deployment may set.

    Attributes:
        data_folder: where the embedded database and keys live (FOLKMOOT_DATA_FOLDER).
        database_url: `postgresql://…` for PostGIS; empty means SpatiaLite in the data folder (FOLKMOOT_DATABASE_URL).
        mode: `example` shows the invented district; `production` refuses to load it (FOLKMOOT_MODE).
        host: address to listen on (FOLKMOOT_HOST).
        port: port to listen on (FOLKMOOT_PORT).
        officers: JSON list of {name, role, token, organisation}: programs that use the API (FOLKMOOT_OFFICERS).
        identity_providers: JSON list of {name, title, issuer, client_id, client_secret, account_claim}: councils'
            own providers to sign in with (FOLKMOOT_IDENTITY_PROVIDERS).
        public_url: where the world finds this service, as in https://plans.example.gov.uk; links that leave it
            in mails, on paper and to shared drafts begin with it, and providers answer to
            it (FOLKMOOT_PUBLIC_URL).
        service_key: secret under which forms and second factors are sealed; made and kept in the data folder
            where it is not set (FOLKMOOT_SERVICE_KEY).
        address_key: secret under which addresses are hashed; made and kept in the data folder where it is
            not set (FOLKMOOT_ADDRESS_KEY).
        base_map_url: address template of an optional base map, XYZ ({z}, {x}, {y}) or WMTS ({TileMatrix}, {TileCol},
            {TileRow}); empty means none, and no foreign address is asked (FOLKMOOT_BASE_MAP_URL).
        base_map_grid: how it is cut into tiles: `web-mercator`, or `british` for Ordnance Survey's tiles on the
            National Grid, which only the drawing page shows (FOLKMOOT_BASE_MAP_GRID).
        base_map_attribution: what the base map's owner asks to be shown (FOLKMOOT_BASE_MAP_ATTRIBUTION).
        largest_upload_mb: the largest request body taken, megabytes (FOLKMOOT_LARGEST_UPLOAD_MB).
        document_store: where documents lie: a folder, or an address such as s3://bucket/folder (with the package
            s3fs installed); empty means a folder in the data folder (FOLKMOOT_DOCUMENT_STORE).
        document_store_options: JSON object of what that store wants to know, as in
            {"endpoint_url": "https://…"} (FOLKMOOT_DOCUMENT_STORE_OPTIONS).
        largest_document_mb: the largest document taken, megabytes (FOLKMOOT_LARGEST_DOCUMENT_MB).
        answers_kept_hours: for how long a request that is sent again gets its first answer
            (FOLKMOOT_ANSWERS_KEPT_HOURS).
        training: whether this is a service to learn on: every page says so, and an administrator can put the invented
            district back as it was; never in production mode (FOLKMOOT_TRAINING).
    """

    model_config = SettingsConfigDict(env_prefix="FOLKMOOT_", extra="forbid")

    data_folder: Path = Path("var")
    database_url: str = ""
    mode: Literal["example", "production"] = "example"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    officers: tuple[Officer, ...] = ()
    identity_providers: tuple[IdentityProvider, ...] = ()
    public_url: str = Field(default="", pattern=r"^(https?://[^/?#]+/?)?$")
    service_key: SecretStr | None = Field(default=None, min_length=32)
    address_key: SecretStr | None = None
    base_map_url: str = ""
    base_map_grid: Literal["web-mercator", "british"] = "web-mercator"
    base_map_attribution: str = ""
    largest_upload_mb: int = Field(default=50, ge=1, le=500)
    document_store: str = ""
    document_store_options: dict[str, str] = Field(default_factory=dict)
    largest_document_mb: int = Field(default=25, ge=1, le=500)
    answers_kept_hours: int = Field(default=24, ge=1, le=720)
    training: bool = False

    @model_validator(mode="after")
    def _no_training_in_production(self) -> "Settings":
        if self.training and self.mode == "production":
            raise ValueError(
                "FOLKMOOT_TRAINING is for learning on the invented district: never set it in production mode"
            )
        return self

    @model_validator(mode="after")
    def _providers_over_https(self) -> "Settings":
        insecure = [each.name for each in self.identity_providers if not each.issuer.startswith("https://")]
        if self.mode == "production" and insecure:
            raise ValueError(f"in production mode a provider is asked over https only: {', '.join(insecure)}")
        return self

    @property
    def resolved_database_url(self) -> str:
        """Return the SQLAlchemy address of the database, its driver named."""
        if not self.database_url:
            return f"sqlite:///{self.data_folder / 'folkmoot.sqlite'}"
        for prefix in ("postgresql://", "postgres://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url
