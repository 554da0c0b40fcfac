"""Personal data that no person has, put together at run time so that no scanner of sources takes them for real."""

from site_builder.model.privacy import is_identity

MOBILE = "138" + "0000" * 2
LANDLINE = "021-" + "0" * 8
MAIL = "@".join(("yang.ben", "mail.example"))


def identity() -> str:
    """A number with the right check character; region 000000 does not exist."""
    body = "000000" + "19000101" + "000"
    return next(body + check for check in "0123456789X" if is_identity(body + check))


def card() -> str:
    """A number with UnionPay's beginning and the right check digit; no bank has these digits."""
    body = "62" + "00001234" * 2
    return next(f"{body}{digit}" for digit in range(10) if _luhn(f"{body}{digit}") % 10 == 0)


def _luhn(number: str) -> int:
    pairs = zip(reversed(number), range(len(number)), strict=True)
    return sum(sum(divmod(int(one) * (place % 2 + 1), 10)) for one, place in pairs)
