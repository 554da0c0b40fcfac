"""The exhibition and a directory that may have been given come in; where its site lies goes out."""

from pathlib import Path

from site_builder.warm.settled import asked_site


def site_of(home: Path, given: str | None = None) -> Path:
    """The directory given, else the one that the settings name; Misconfigured where these cannot be read."""
    site = asked_site(home, given)
    if site is not None:
        return site
    # MkDocs alone knows what tags, variables and inherited settings say, and takes long to load
    from site_builder.commands.engine import configured

    return Path(configured(home).site_dir)
