"""Click's own words, such as “Missing option”, are said in Chinese from here on: locale/zh_CN/LC_MESSAGES/click.po."""

import gettext
import os
from pathlib import Path

_DOMAIN = "click"
_CATALOGUES = Path(__file__).parent.parent / "locale"


def speak_chinese() -> None:
    """Whatever the language of the system is: all else that the program says is Chinese, too."""
    gettext.bindtextdomain(_DOMAIN, _CATALOGUES)
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = "zh_CN"  # gettext asks nothing else
