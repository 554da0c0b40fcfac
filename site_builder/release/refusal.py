"""What keeps a release from going online comes in; an exception that carries it to the door as problems goes out."""

from site_builder.model.problems import Place, Problem


class Refusal(Exception):
    """A deploy cannot begin or go on; ``problems`` say why, in Chinese."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def refused(code: str, place: str, *, message: str) -> Refusal:
    """The refusal for one problem; the mend is the one that the table of codes gives."""
    return Refusal(Problem(code, Place(place), message))
