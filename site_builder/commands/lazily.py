"""Names of commands and where they lie come in; a group that loads each only when it is called goes out."""

from collections.abc import Mapping
from importlib import import_module

import click


class LazyGroup(click.Group):
    """A group most of whose commands lie in modules of their own: ``build`` need not wait for what ``export`` is made with."""

    def __init__(self, *given: object, apart: Mapping[str, str], **settings: object) -> None:
        """``apart``: name of a command → ``module:attribute``."""
        super().__init__(*given, **settings)  # type: ignore[arg-type]
        self.apart = apart

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted({*super().list_commands(ctx), *self.apart})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in self.apart:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.apart[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
