"""What every shape in and out of the API shares."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A shape of the API: unknown members are refused, and it reads from rows."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Named(Shape):
    """Something public, by its reference and its name."""

    reference: str
    name: str
