"""Names of sizes come in; what is cut from which sheet, in millimetres, goes out."""

from site_builder.model.frozen import frozen


@frozen
class Sign:
    """A label or sign: its size, how many stand on a sheet of A4, and the code on it; all in millimetres."""

    name: str
    design: str
    """Which drawing of `labels.typ` it takes."""
    width: float
    height: float
    columns: int
    rows: int
    square: float
    """Side of the code with its quiet zone."""
    module: float
    """Least side of a module: the farther the phone, the larger."""


SIGNS: tuple[Sign, ...] = (
    Sign("标签", "tag", 70.0, 37.0, 3, 8, 26.0, 0.4),
    Sign("展签", "label", 100.0, 70.0, 2, 4, 26.0, 0.4),
    Sign("桌牌", "tent", 210.0, 297.0, 1, 1, 50.0, 0.7),
    Sign("A5", "board", 210.0, 148.5, 1, 2, 46.0, 0.7),
    Sign("A4", "sign", 210.0, 297.0, 1, 1, 58.0, 0.9),
)
"""标签 is the common sheet of 24 stickers."""


@frozen
class Paper:
    """A page of the catalogue: size and margins in millimetres, size of its text in points."""

    name: str
    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    text: float


PAPERS: tuple[Paper, ...] = (
    Paper("A4", 210.0, 297.0, 26.0, 22.0, 26.0, 24.0, 10.5),
    Paper("16K", 185.0, 260.0, 23.0, 19.0, 23.0, 21.0, 9.5),
    Paper("A5", 148.0, 210.0, 18.0, 15.0, 19.0, 17.0, 8.5),
)
"""16K is the trimmed size of Chinese books, 185 by 260."""

POSTERS: tuple[tuple[str, float, float], ...] = (("A2", 420.0, 594.0), ("A3", 297.0, 420.0), ("A4", 210.0, 297.0))


def sign_named(name: str) -> Sign:
    """The sign of that name; KeyError for any other word."""
    return {sign.name: sign for sign in SIGNS}[name]


def paper_named(name: str) -> Paper:
    """The paper of that name; KeyError for any other word."""
    return {paper.name: paper for paper in PAPERS}[name]
