"""`fengsui destructions`: puts what has become due on the list now, without waiting for the job's next look. It erases nothing."""

from __future__ import annotations

from typing import Any

import click


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add `destructions`."""

    @fengsui.command()
    def destructions() -> None:
        """List personal data that has become due to be erased; a person confirms it in /admin."""
        ripe = tools.ask("destruction.ripe", {})
        for one in ripe:
            told = tools.do("destruction.draft", one)
            click.echo(
                f"{told['number']} {told['subject_number']}: {sum(sort['n'] for sort in told['sorts'])}"
            )
        if not ripe:
            click.echo("nothing is due")
