"""The `newel` command: thin, one verb a line. What each does is in
`record.config`, and of measures in `evidence.measures.commands`."""

import os
import sys
from pathlib import Path

import click

from newel.record.config import starting

PORT = click.IntRange(1, 65535)


class _InWords(click.Group):
    """What is wrong with a set-up is told in a sentence; a traceback is for faults of Newel."""

    def invoke(self, ctx: click.Context) -> object:
        import psycopg
        from django.db import OperationalError

        from newel.record.config.database import NotSetUp
        from newel.record.config.embedded_postgres import EmbeddedPostgresError

        try:
            return super().invoke(ctx)
        except (EmbeddedPostgresError, NotSetUp) as fault:
            raise click.ClickException(str(fault)) from fault
        except (OperationalError, psycopg.OperationalError) as fault:
            raise click.ClickException(
                f"The database does not answer ({str(fault).strip()}). `newel doctor` says more."
            ) from fault


@click.group(cls=_InWords, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Newel: one record around the child, for SECURE STAIRS."""


@main.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=PORT)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(port: int, host: str, workers: int) -> None:
    """Serve Newel. Brings its own database up to date first where it has one."""
    from newel.record.config import serving

    sys.exit(serving.serve(host=host, port=port, workers=workers))


@main.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=PORT)
@click.option("--reset", is_flag=True, help="Throw the demo away and start anew.")
@click.option(
    "--children",
    default=0,
    type=click.IntRange(min=0),
    help="Have this many made-up children in it, for load.",
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same children.")
@click.option("--load-only", is_flag=True, help="Load and stop, without serving.")
def demo(port: int, reset: bool, children: int, seed: int, load_only: bool) -> None:
    """Serve the demo estate: fiction that everyone may use. Keeps its data between runs."""
    starting.in_demo_mode()
    from newel.record.config import demonstrating

    sys.exit(
        demonstrating.demonstrate(
            port=port, reset=reset, children=children, seed=seed, load_only=load_only
        )
    )


@main.command()
def doctor() -> None:
    """Say in words what is wrong with this set-up. Exits with 1 when something is."""
    from newel.record.config import doctoring

    sys.exit(doctoring.examine(print))


@main.command()
def migrate() -> None:
    """Bring the database up to this version, as its owner."""
    starting.as_the_owner()
    import django

    django.setup()
    from newel.record.config import migrating

    click.echo(migrating.migrate())


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write everything into one file that `newel restore` reads."""
    from newel.record.config import backing_up

    sys.exit(backing_up.backup(file))


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key-is-lost", is_flag=True, help="Restore although the audit’s key is lost.")
def restore(file: Path, key_is_lost: bool) -> None:
    """Put a backup in place of an empty database. Refuses one that holds anything."""
    from newel.record.config import backing_up

    sys.exit(backing_up.restore(file, key_is_lost=key_is_lost))


@main.command("add-administrator")
@click.argument("username")
@click.option("--name", required=True, help="As it is shown, such as “Dora Spenlow”.")
@click.password_option(help="A first password; a new one is asked for at the first sign-in.")
def add_administrator(username: str, name: str, password: str) -> None:
    """Make the first account, from which all others are made."""
    from newel.record.config import first_account

    sys.exit(first_account.add(username=username, name=name, password=password))


@main.group()
def audit() -> None:
    """The audit."""


@audit.command("verify")
def audit_verify() -> None:
    """Find altered, inserted and missing rows. Exits with 1 when there are any."""
    from newel.record.config import auditing

    sys.exit(auditing.verify(print))


@main.group()
def measures() -> None:
    """Outcome measures: what they ask, and scores of files. Needs no database."""


SHEET = click.option("--sheet", help="Of a workbook, the sheet of this name.")


@measures.command("list")
def measures_list() -> None:
    """A line a measure."""
    from newel.evidence.measures import commands

    sys.exit(commands.list_measures(click.echo))


@measures.command("show")
@click.argument("id")
@click.option("--format", "form", default="yaml", type=click.Choice(["yaml", "json", "fhir"]))
def measures_show(id: str, form: str) -> None:
    """The definition of a measure, its key, or a FHIR R4 Questionnaire."""
    from newel.evidence.measures import commands

    sys.exit(commands.show(id, form=form, say=click.echo, complain=_complain))


@measures.command("score")
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@SHEET
def measures_score(id: str, file: Path, output: Path, sheet: str | None) -> None:
    """Score a CSV, Excel or Parquet file of forms. Faults go into a file beside the output."""
    from newel.evidence.measures import commands

    sys.exit(commands.score(id, file, output, sheet=sheet, say=click.echo, complain=_complain))


@measures.command("change")
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--person", required=True, help="The column that says whose form it is.")
@click.option("--date", required=True, help="The column that says of which day, as YYYY-MM-DD.")
@click.option("--day-first", is_flag=True, help="Dates are D/M/YYYY in this file.")
@click.option("--age", help="The column with the age in years; a cut-off may be meant for some.")
@click.option(
    "--answered-by",
    type=click.Choice(["self", "carer", "teacher", "worker"]),
    help="Who answered all of them; cut-offs for others are left out.",
)
@click.option("--format", "form", default="text", type=click.Choice(["text", "json"]))
@SHEET
def measures_change(
    id: str, file: Path, person: str, date: str, day_first: bool, age: str | None,
    answered_by: str | None, form: str, sheet: str | None,
) -> None:  # fmt: skip
    """Whether each person changed by more than noise, from the first form to the last."""
    from newel.evidence.measures import commands

    sys.exit(
        commands.change(
            id, file, person=person, date=date, day_first=day_first, form=form,
            age=age, answered_by=answered_by, sheet=sheet, say=click.echo, complain=_complain,
        )
    )  # fmt: skip


@measures.command("reliability")
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", default="text", type=click.Choice(["text", "json"]))
@SHEET
def measures_reliability(id: str, file: Path, form: str, sheet: str | None) -> None:
    """Mean, spread, alpha and omega of each subscale in a file of forms."""
    from newel.evidence.measures import commands

    sys.exit(
        commands.reliability(id, file, form=form, sheet=sheet, say=click.echo, complain=_complain)
    )


@measures.command("discrepancy")
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--group", required=True, help="The column that says whose form it is.")
@click.option("--staff", default="staff", show_default=True, help="What it says of staff.")
@click.option(
    "--residents", default="residents", show_default=True, help="What it says of residents."
)
@click.option("--format", "form", default="text", type=click.Choice(["text", "json"]))
@SHEET
def measures_discrepancy(
    id: str, file: Path, group: str, staff: str, residents: str, form: str, sheet: str | None
) -> None:
    """How far staff and residents see one place differently, with an interval."""
    from newel.evidence.measures import commands

    sys.exit(
        commands.discrepancy(
            id, file, group=group, staff=staff, residents=residents, form=form, sheet=sheet,
            say=click.echo, complain=_complain,
        )
    )  # fmt: skip


def _complain(text: str) -> None:
    click.echo(text, err=True)


@main.command("roles-sql")
@click.argument("database", default="newel")
def roles_sql(database: str) -> None:
    """Print the SQL that a database administrator runs once on a PostgreSQL of your own."""
    from newel.record.config.embedded_postgres import provisioning_sql

    click.echo(provisioning_sql(database))


@main.command("check-migrations")
def check_migrations() -> None:
    """Fail when a model has changed and its migration is missing."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, skip_checks=True)


@main.command()
@click.option("--check", is_flag=True, help="Only say whether they are fresh.")
def docs(check: bool) -> None:
    """Write the documents that are generated from the code."""
    import django

    django.setup()
    from newel.record.config import documenting

    sys.exit(documenting.write(check=check, say=click.echo))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newel.record.config.settings")

if __name__ == "__main__":
    main()
