"""A reply by SMS where the gateway is the simulator: the terminal plays the telephone."""

from __future__ import annotations

from typing import Any

import click

from command.core.deliveries.channels import SIMULATOR, gateway_of


def commands(group: click.Group, tools: Any) -> None:
    """`fengsui sms NUMBER WORDS`."""

    @group.command()
    @click.argument("number")
    @click.argument("text")
    def sms(number: str, text: str) -> None:
        """Let a telephone answer by SMS; only where messages are simulated. A real gateway brings them to /gateways/replies."""
        node = tools.open_node(tools.load())
        kind = node.database.read(lambda s: gateway_of(s, 0, "sms", node.name), world=0)
        if kind != SIMULATOR:
            raise click.ClickException("messages are not simulated here: the gateway brings what comes back")
        taken = tools.do("reply.take", {"number": number, "text": text})
        click.echo(f"taken: {taken['whom']['en']}")
