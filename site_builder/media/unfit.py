"""A file that cannot be published comes in; the reason, in words for its editor, goes out."""


class Unfit(ValueError):
    """A file that cannot be published; its text says why, ``hint`` how to mend it, both in Chinese."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.hint = hint
