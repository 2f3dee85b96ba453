"""The ``dateline`` command: one module of this folder for each subcommand, found by listing the folder.

A module offers ``command``.  It imports what is heavy (pandas, the dashboard) only when it runs, so that ``--help``
and ``extract`` start at once.  Whatever a user can cause ends in one sentence and exit code 2; exit code 1 says
that some documents failed and the rest is there.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import IO, Any, cast

import click

from etl.cli.common import say
from etl.errors import DatelineError

_HELPERS = {"common"}


class Mistake(click.ClickException):
    """Something that the user can mend, shown as one sentence."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence on stderr; it may name files, whose names may hold anything."""
        del file
        say(f"Error: {self.message}", err=True)


class Folder(click.Group):
    """A group whose commands are the modules beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which a user meets them."""
        del ctx
        order = ["demo", "build", "serve", "extract", "explain", "export", "check"]
        names = {module.name for module in pkgutil.iter_modules(__path__)} - _HELPERS
        return [name for name in order if name in names] + sorted(names - set(order))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None for a name that no module has."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return cast("click.Command", importlib.import_module(f"{__name__}.{cmd_name}").command)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can mend is told in one sentence, without a traceback."""
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            raise Mistake(str(error)) from error
        except BrokenPipeError:
            raise  # whoever reads our output has seen enough; click ends quietly
        except OSError as error:
            raise Mistake(f"{error.filename or 'the system'}: {error.strerror or error}") from error


@click.group(cls=Folder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline", prog_name="dateline")
def main() -> None:
    """Read news texts; show what happened when, who met whom, which figures were reported, and how we know.

    Exit codes: 0 all is well; 1 some documents failed, the rest is there; 2 wrong usage, or something is missing.
    """
