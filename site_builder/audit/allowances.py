"""A catalogue and the root of its exhibition come in; the numbers that may stand in its site go out, personal as they may look."""

from pathlib import Path

from site_builder.catalogue.catalogue import Catalogue
from site_builder.intake.page_exceptions import excepted_in_pages


def allowed_in(catalogue: Catalogue, root: Path) -> tuple[str, ...]:
    """Contacts of the organiser, of offices that pass results on, and what entries and pages except with a reason."""
    exhibition = catalogue.exhibition
    found = [exhibition.contact, exhibition.correction.removeprefix("mailto:")]
    for key in catalogue.stated["privacy_exceptions"]:
        found += [one.what for one in catalogue.entries[key].data.privacy_exceptions]
    for key in catalogue.stated["transfer"]:
        contact = catalogue.entries[key].data.transfer.contact
        if contact:
            found.append(contact)
    return tuple(dict.fromkeys((*found, *excepted_in_pages(root))))
