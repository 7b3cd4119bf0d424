"""`fengsui camera-key`: what a media server must know to verify the addresses that this installation hands out."""

from __future__ import annotations

from typing import Any

import click

from command.places.cameras.addresses import key_of


def commands(fengsui: click.Group, tools: Any) -> None:
    """Add `camera-key`."""

    @fengsui.command("camera-key")
    def camera_key() -> None:
        """Print the key that signs the streams of cameras, for `secure_link_md5` of the media server: keep it as a password."""
        click.echo(key_of(tools.load().secret_key))
