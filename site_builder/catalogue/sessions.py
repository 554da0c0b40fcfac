"""An award and one of its honours come in; the session (届、批、年度) that the honour belongs to goes out."""

from site_builder.catalogue.honours import Honour
from site_builder.model.programmes import Award

UNDATED = "年份未载"


def session_name(award: Award, honour: Honour) -> str:
    """The session that the honour names, else the described one of its year, else the year itself."""
    if honour.session:
        return honour.session
    if not honour.year:
        return UNDATED
    described = (session.name for session in award.sessions if session.year == honour.year)
    return next(described, f"{honour.year}年")
