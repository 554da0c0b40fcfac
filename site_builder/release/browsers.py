"""An address comes in; the command that shows it on the whole screen of a browser of this machine goes out."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
_WINDOWS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
_OPTIONS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-features=Translate,TouchpadOverscrollHistoryNavigation",
    "--disable-session-crashed-bubble",
    "--hide-crash-restore-bubble",
    "--noerrdialogs",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browser() -> str | None:
    """A browser of the Chromium family: the one that CHROMIUM names, else the first that is found."""
    named = [os.environ.get("CHROMIUM"), *NAMES]
    found = (shutil.which(name) for name in named if name)
    folders = [os.environ.get(name) for name in ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")]
    installed = (str(path) for folder in folders if folder for one in _WINDOWS if (path := Path(folder, one)).is_file())
    return next((path for path in (*found, *installed) if path), None)


def kiosk_command(program: str, address: str, *, profile: Path) -> tuple[str, ...]:
    """Arguments of the browser; its profile is a directory of its own, so that nothing of an earlier day is there."""
    unsandboxed = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
    return (program, "--kiosk", address, f"--user-data-dir={profile}", *_OPTIONS, *unsandboxed)


def windows_line(address: str) -> str:
    """What an editor types, or keeps in a shortcut, on Windows."""
    return f'start msedge --kiosk "{address}" --edge-kiosk-type=fullscreen --no-first-run --disable-pinch'
