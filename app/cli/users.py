"""`folkmoot user`: organisations, accounts and roles, from the service's own machine; makes the first administrator."""

from typing import Annotated

import typer

from app.auth.passwords import first_password
from app.auth.second_factor import code_at
from app.cli.database import changing, open_database, read_settings
from app.cli.output import print_document, refuse
from app.clock import Clock
from app.db import reading
from app.models import Organisation, OrganisationKind
from app.queries.accounts import accounts_in
from app.roles import Role
from app.secrets import service_secret
from app.services.accounts import AccountFacts, account_by_name, close_account, live_roles, open_account
from app.services.example_people import stored_example_accounts
from app.services.organisations import (
    SERVICE_CODE,
    OrganisationFacts,
    add_organisation,
    organisation_by_code,
    service_organisation,
)
from app.services.roles import grant_role

commands = typer.Typer()
user = typer.Typer(help="Organisations, accounts and their roles.", no_args_is_help=True)
commands.add_typer(user, name="user")

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
RoleOption = Annotated[Role, typer.Option(help="What they do.")]
OrganisationOption = Annotated[str, typer.Option(help="Code of the organisation; the service itself by default.")]


@user.command()
def add(
    name: Annotated[str, typer.Argument(help="The account name, as the record will show it.")],
    *,
    role: RoleOption = Role.ADMINISTRATOR,
    organisation: OrganisationOption = SERVICE_CODE,
    provider: Annotated[str, typer.Option(help="They sign in with this provider of the settings.")] = "",
    json_output: JsonOption = False,
) -> None:
    """Open an account with a role, and print its first password once; the first one is the first administrator."""
    settings = read_settings()
    issuer = next((each.issuer for each in settings.identity_providers if each.name == provider), None)
    if provider and issuer is None:
        refuse(f"There is no provider {provider!r} in FOLKMOOT_IDENTITY_PROVIDERS: add it there first.")
    password = first_password() if issuer is None else None
    with changing(settings) as (session, deed):
        if organisation == SERVICE_CODE:
            service_organisation(session, deed)
        made = open_account(session, deed, AccountFacts(name=name, password=password, issuer=issuer))
        grant_role(session, deed, made, organisation, role)
    if json_output:
        facts = {"name": name, "role": role.value, "organisation": organisation, "first_password": password}
        print_document({"schema": "folkmoot.account/1", **facts})
        return
    if password is None:
        typer.echo(f"The account {name} is open. They sign in with {provider}.")
        return
    typer.echo(f"The account {name} is open. Its first password is shown this once:\n{password}")


@user.command()
def grant(
    name: Annotated[str, typer.Argument(help="The account name.")],
    *,
    role: RoleOption,
    organisation: OrganisationOption = SERVICE_CODE,
) -> None:
    """Give an account one more role."""
    with changing(read_settings()) as (session, deed):
        grant_role(session, deed, account_by_name(session, name), organisation, role)
    typer.echo(f"{name} is {role.value} in {organisation}.")


@user.command()
def close(name: Annotated[str, typer.Argument(help="The account name.")]) -> None:
    """Close an account for good, and sign it out everywhere."""
    with changing(read_settings()) as (session, deed):
        close_account(session, deed, account_by_name(session, name))
    typer.echo(f"The account {name} is closed.")


@user.command()
def code(name: Annotated[str, typer.Argument(help="The name of an example account.")]) -> None:
    """Print the code that an example account is asked for now, in place of a phone."""
    settings = read_settings()
    key = service_secret(settings)
    with reading(open_database(settings)) as session:
        found = next((each for each in stored_example_accounts(session, key) if each.name == name), None)
    if found is None or found.second_factor is None:
        refuse(f"{name} is no example account with a second factor: use the authenticator app on the phone.")
    typer.echo(code_at(found.second_factor, Clock().now()))


@user.command("list")
def list_accounts(
    *,
    organisation: Annotated[str, typer.Option(help="Only those with a role in this organisation.")] = "",
    json_output: JsonOption = False,
) -> None:
    """List the open accounts and their roles."""
    with changing(read_settings()) as (session, _):
        rows = {
            each.name: [{"role": held.role, "organisation": held.organisation.code} for held in live_roles(each)]
            for each in accounts_in(session, organisation)
        }
    if json_output:
        accounts = [{"name": name, "roles": roles} for name, roles in rows.items()]
        print_document({"schema": "folkmoot.accounts/1", "accounts": accounts})
        return
    for name, roles in rows.items():
        words = "; ".join(f"{held['role']} in {held['organisation']}" for held in roles) or "no role"
        typer.echo(f"{name}: {words}")


@user.command("add-organisation")
def add_one_organisation(
    code: Annotated[str, typer.Argument(help="Its official code, as boundaries and registers have it.")],
    name: Annotated[str, typer.Argument(help="Its name, as notices have it.")],
    *,
    kind: Annotated[OrganisationKind, typer.Option(help="What it is.")],
    runs_polls: Annotated[bool, typer.Option("--runs-polls", help="It is a relevant council as well.")] = False,
) -> None:
    """Add an organisation in which people can be given roles."""
    if kind is OrganisationKind.SERVICE:
        refuse("The service itself is added with its first account: use folkmoot user add.")
    with changing(read_settings()) as (session, deed):
        facts = OrganisationFacts(code=code, name=name, kind=kind, runs_polls=runs_polls)
        added: Organisation = add_organisation(session, deed, facts)
        typer.echo(f"{organisation_by_code(session, added.code).name} is added.")
