"""An award and its sessions come in; charts of what was published over the sessions go out, the oldest session first."""

from collections.abc import Iterator

from site_builder.model.charts import Bar, Chart
from site_builder.model.frozen import frozen
from site_builder.model.pages import Link
from site_builder.model.programmes import Award, Session
from site_builder.publish.sittings import limit_of, quotas_of, unit_of

FEWEST = 2
"""Sessions with a number that make a trend."""
_ENTERED, _WON, _PLACES = "申报", "获奖", "名额"
_SHARES = (("entries", _ENTERED), ("winners", _WON))


@frozen
class Told:
    """A session as the trend names it: where it stands, what was published of it, how many winners are on show."""

    name: str
    address: str
    session: Session | None
    held: int

    @property
    def link(self) -> Link:
        """Its name with the year, leading to it."""
        year = self.session.year if self.session else None
        return Link(f"{self.name}（{year}年）" if year and "年" not in self.name else self.name, self.address)


def trends_of(award: Award, told: tuple[Told, ...]) -> tuple[Chart, ...]:
    """Applications, winners and quotas in one chart, each share of non-public enterprises in another; none of one session."""
    oldest_first = told[::-1]
    return (*_counts(award, oldest_first), *_shares(oldest_first))


def _counts(award: Award, told: tuple[Told, ...]) -> Iterator[Chart]:
    numbers = [_numbers(award, one) for one in told]
    columns = tuple(label for label in (_ENTERED, _WON, _PLACES) if sum(label in found for found in numbers) >= FEWEST)
    if not columns or (columns == (_PLACES,) and len({found.get(_PLACES) for found in numbers}) < FEWEST):
        return
    shown = [(one, found) for one, found in zip(told, numbers, strict=True) if set(columns) & set(found)]
    held = any(one.held for one, _ in shown)
    # what most sessions tell is drawn; winners inside applications where these are it
    main = max(columns, key=lambda label: sum(label in found for found in numbers))
    both = main == _ENTERED and _WON in columns
    bars = []
    for one, found in shown:
        cells = (*(_word(found.get(label)) for label in columns), *((_word(one.held or None),) if held else ()))
        won = found.get(_WON, 0)
        solid, rest = (won, max(found.get(_ENTERED, 0) - won, 0)) if both else (found.get(main, 0), 0)
        bars.append(Bar(one.link, cells, solid, rest))
    yield Chart(
        id="sessions",
        title=_finding(main, [(one.name, found[main]) for one, found in shown if main in found], unit=unit_of(award)),
        description=f"各届的{'、'.join(columns)}，从早到晚{'；条是' + main if not both else ''}。没有公布的空着。",
        columns=("届次", *columns, *(("收录",) if held else ())),
        bars=tuple(bars),
        source="各届公布的名单和通知",
        parts=("获奖", "申报而未获奖") if both else (),
    )


def _shares(told: tuple[Told, ...]) -> Iterator[Chart]:
    for field, label in _SHARES:
        points = [(one, share) for one in told if (share := _percent(one.session, field)) is not None]
        if len(points) < FEWEST:
            continue
        yield Chart(
            id=f"nonpublic-{field}",
            title=_finding(f"非公企业在{label}中的占比", [(one.name, share) for one, share in points], unit="%"),
            description=f"非公企业的{label}数占全部{label}数的百分比，从早到晚。",
            columns=("届次", "占比"),
            bars=tuple(Bar(one.link, (f"{share:.3g}%",), share) for one, share in points),
            source="各届公布的名单和通知",
        )


def _numbers(award: Award, one: Told) -> dict[str, int]:
    session = one.session
    limit = limit_of(award, one.name, measure="每届名额")
    found = {
        _ENTERED: session.entries if session else None,
        _WON: session.winners if session else None,
        _PLACES: sum(quotas_of(award, session).values()) or (int(limit) if limit is not None else None),
    }
    return {label: number for label, number in found.items() if number is not None}


def _percent(session: Session | None, field: str) -> float | None:
    part, whole = getattr(session, f"nonpublic_{field}", None), getattr(session, field, None)
    return part * 100 / whole if part is not None and whole else None


def _finding(label: str, points: list[tuple[str, float]], *, unit: str) -> str:
    (first, before), (last, now) = points[0], points[-1]
    space = "" if unit == "%" else " "
    if now == before:
        return f"{label}：{first}和{last}都是 {_plain(now)}{space}{unit}"
    return f"{label}由{first}的 {_plain(before)}{space}{unit}{'增' if now > before else '减'}到{last}的 {_plain(now)}{space}{unit}"


def _plain(number: float) -> str:
    return f"{number}" if isinstance(number, int) else f"{number:.3g}"


def _word(number: int | None) -> str:
    return "" if number is None else f"{number}"
