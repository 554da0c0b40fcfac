"""A catalogue and its cards come in; what lies beside the index goes out, share by share: columns, and ways from keys to records."""

from collections.abc import Sequence

from site_builder.model.frozen import frozen
from site_builder.model.pages import OutputFile
from site_builder.search.columns import Column, Told, columns_of, table_of
from site_builder.search.index import Searched, digest
from site_builder.search.layout import Layout
from site_builder.search.lookup import lookup_files


@frozen
class Beside:
    """A worker's share: some columns, and from the last one the other files."""

    columns: tuple[Column, ...]
    others: tuple[OutputFile, ...]
    told: str = ""
    """Where it is kept what entries said that are put in order by it; empty where nobody was asked, or nothing is kept."""

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """What this worker lays."""
        return (*(column.file for column in self.columns if column.file), *self.others)


def beside_index(searched: Searched, *, layout: Layout, part: int = 0, of: int = 1, told: Told | None = None) -> Beside:
    """A worker's share of what lies beside the index; ``told`` is known of what entries say for orders, and is what they say then."""
    columns = columns_of(searched, layout=layout, told=told or Told(), share=(part, of))
    return Beside(columns, tuple(lookup_files(searched.catalogue, searched.cards)) if part == of - 1 else ())


def completed(shares: Sequence[Beside], layout: Layout) -> tuple[OutputFile, str]:
    """The table that names all columns, and the digest of all that lies beside the index; how many shares there were leaves no trace."""
    columns = sorted((column for share in shares for column in share.columns), key=lambda column: column.place)
    table = table_of(columns, layout)
    whole = Beside(tuple(columns), tuple(file for share in shares for file in share.others))
    return table, digest((table, *whole.files))
