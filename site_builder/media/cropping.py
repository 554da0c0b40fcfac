"""The size of a picture, a shape and a point that matters come in; the box to cut out goes out."""

MIDDLE = (0.5, 0.4)
"""Where nobody chose a point: a little above the middle, for that is where faces and machines are."""


def crop_box(
    size: tuple[int, int], aspect: float, *, focus: tuple[float, float] | None = None
) -> tuple[int, int, int, int]:
    """The largest box of that aspect (width / height) inside, the focus as near to its middle as the edges allow.

    ``size`` in pixels, ``focus`` as shares of width and height from the upper left; left, upper, right, lower in pixels.
    """
    width, height = size
    x, y = focus or MIDDLE
    box = (min(width, max(1, round(height * aspect))), min(height, max(1, round(width / aspect))))
    left = round(min(max(x * width - box[0] / 2, 0), width - box[0]))
    upper = round(min(max(y * height - box[1] / 2, 0), height - box[1]))
    return left, upper, left + box[0], upper + box[1]
