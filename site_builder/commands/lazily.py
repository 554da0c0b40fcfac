"""The name of a command comes in; the command, from the module where it lies, goes out."""

from importlib import import_module
from types import MappingProxyType

import click

APART = MappingProxyType(
    {
        "init": "start:init",
        "new": "new:new",
        "check": "check:check",
        "build": "build:build",
        "serve": "serve:serve",
        "edit": "edit:edit",
        "show": "show:show",
        "import": "importing:import_",
        "undo": "undo:undo_",
        "template": "template:template",
        "export": "export:export",
        "harvest": "harvest:harvest",
        "labels": "printing:labels",
        "posters": "printing:posters",
        "catalogue": "printing:catalogue",
        "pack": "pack:pack",
        "kiosk": "kiosk:kiosk",
        "deploy": "deploy:deploy",
        "headers": "headers:headers",
        "freeze": "freeze:freeze",
        "verify": "freeze:verify",
        "mount": "freeze:mount",
        "diff": "diff:diff",
        "audit": "auditing:audit",
        "addresses": "addresses:addresses",
        "withdraw": "withdraw:withdraw",
        "register": "register:register",
        "fields": "described:fields",
        "schema": "described:schema",
    }
)
"""Where each command lies: name → ``module:attribute`` of this room."""


class LazyGroup(click.Group):
    """Loads such a command only when it is called: ``build`` need not wait for what ``export`` is made with."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted({*super().list_commands(ctx), *APART})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in APART:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = APART[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"site_builder.commands.{module}"), attribute)
        return command
