"""`fengsui archive`: verify a response file without a server, show and change the key that signs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from command.archive import keys, verifying

PEM = click.Path(exists=True, dir_okay=False)


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add `archive verify`, `archive key`, `archive rotate`."""

    @fengsui.group()
    def archive() -> None:
        """Response files: signed ZIPs of archived incidents."""

    @archive.command()
    @click.argument("file", type=click.Path(exists=True, dir_okay=False))
    @click.option(
        "--key",
        "given",
        multiple=True,
        type=PEM,
        help="the county's public key; default: this installation's",
    )
    def verify(file: str, given: tuple[str, ...]) -> None:
        """Check signature, members and journal entries of a response file; exit 1 when anything was changed, dropped or added."""
        _tell(verifying.verify(Path(file), _given(given) if given else keys.publics(tools.load().data_dir)))

    @archive.command()
    def key() -> None:
        """Print the public key that signs response files; give it to those who will verify them."""
        public = keys.private(tools.load().data_dir).public_key()
        click.echo(keys.pem(public).decode(), nl=False)
        click.echo(f"# SHA-256 {keys.fingerprint(public)}", err=True)

    @archive.command()
    def rotate() -> None:
        """Make a new signing key; what was signed before verifies as before."""
        click.echo(f"signing with {keys.rotate(tools.load().data_dir)} from now on")


def _tell(checked: verifying.Checked) -> None:
    """What was found, in words; exit 1 when the file is not what was signed."""
    for flaw in checked.flaws:
        click.echo(f"{flaw['zh']} | {flaw['en']}")
    if checked.flaws:
        sys.exit(1)
    about = checked.about["incident"]
    click.echo(f"{about['number']} {about['title']}")
    click.echo(f"{checked.members} members, {len(checked.hashes)} entries, key {checked.key_id}")
    if not checked.known_key:
        click.echo("signed with the key in the file itself: compare it with the county's own (--key)")
    click.echo("clean")


def _given(paths: tuple[str, ...]) -> dict[str, Any]:
    try:
        found = [keys.read_public(Path(one).read_bytes()) for one in paths]
    except ValueError as error:
        raise click.ClickException(f"no Ed25519 public key in PEM: {error}") from error
    return {keys.fingerprint(one): one for one in found}
