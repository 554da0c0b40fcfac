"""A deck comes in; a IIIF Presentation 3 manifest per entry with pictures, and collections of them, go out."""

import json
import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from site_builder.catalogue.addresses import address_of
from site_builder.model.entry import Entry
from site_builder.model.pages import Image, OutputFile
from site_builder.publish.deck import Deck
from site_builder.publish.facts import facts_of
from site_builder.publish.pictures import PICTURED

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
COLLECTION = "iiif/collection.json"
_BY_KIND, _BY_EDITION = "iiif/{}/collection.json", "iiif/edition/{}/collection.json"
_LANGUAGE = "zh-CN"
_RIGHTS = re.compile(r"^https?://(creativecommons\.org/(licenses|publicdomain)|rightsstatements\.org/vocab)/\S+$")
_TYPES = MappingProxyType({"jpg": "image/jpeg", "png": "image/png"})
"""Of the fallbacks that a manifest names."""


def manifest_address(entry: Entry) -> str:
    """Where the manifest of an entry lies."""
    return f"iiif/{entry.kind}/{entry.id}/manifest.json"


def has_manifest(deck: Deck, entry: Entry) -> bool:
    """Whether there is one: it names itself by its absolute address, so the site's must be known."""
    return bool(deck.catalogue.exhibition.url and entry.key in deck.cards and painted(deck.pictures_of(entry)))


def pictured(deck: Deck) -> tuple[str, ...]:
    """Keys of the shown entries that bring pictures, in their order; of all others nothing is asked."""
    stated = deck.catalogue.stated
    bring = {key for field in PICTURED for key in stated[field]}
    return tuple(key for key in deck.cards if key in bring) if bring else ()


def painted(images: Iterable[Image]) -> tuple[Image, ...]:
    """Those of an entry's pictures that are made of pixels and were found fit to publish; where there are any, it has a manifest."""
    return tuple([image for image in images if image.width and image.address.rpartition(".")[2] in _TYPES])


def manifest_files(deck: Deck, *, part: int = 0, of: int = 1) -> Iterator[OutputFile]:
    """The manifests of every ``of``-th entry with pictures from ``part`` on."""
    for key in pictured(deck)[part::of]:
        entry = deck.catalogue.entries[key]
        if has_manifest(deck, entry):
            yield _file(manifest_address(entry), manifest(deck, entry))


def collections(deck: Deck) -> Iterator[OutputFile]:
    """A collection for each kind and each edition, and one that leads to them all; none where there is no manifest."""
    entries = [deck.catalogue.entries[key] for key in pictured(deck)]
    listed = [entry for entry in entries if has_manifest(deck, entry)]
    kinds = dict.fromkeys(entry.described for entry in listed)
    parts = [
        (_BY_KIND.format(kind.name), kind.label, [entry for entry in listed if entry.kind == kind.name])
        for kind in kinds
    ]
    parts += _by_edition(deck, listed)
    for address, label, members in parts:
        items = [_named(deck, manifest_address(entry), label=entry.title, kind="Manifest") for entry in members]
        yield _collection(deck, address, label=label, items=items, within=COLLECTION)
    if parts:
        items = [_named(deck, address, label=label, kind="Collection") for address, label, _ in parts]
        yield _collection(deck, COLLECTION, label=deck.catalogue.exhibition.name, items=items)


def _by_edition(deck: Deck, listed: list[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """The results of each edition; the permanent one shows all, which those of the kinds do already."""
    found = []
    for key in deck.catalogue.editions:
        edition = deck.catalogue.entries[key]
        shown = frozenset(() if edition.data.permanent else deck.catalogue.groups.get(("edition", edition.title), ()))
        members = [entry for entry in listed if entry.key in shown]
        if members:
            found.append((_BY_EDITION.format(edition.id), edition.title, members))
    return found


def _collection(deck: Deck, address: str, *, label: str, items: list[dict[str, Any]], within: str = "") -> OutputFile:
    whole = {"@context": CONTEXT} | _named(deck, address, label=label, kind="Collection")
    whole |= {"partOf": [{"id": _uri(deck, within), "type": "Collection"}]} if within else {}
    return _file(address, whole | {"items": items})


def _named(deck: Deck, address: str, *, label: str, kind: str) -> dict[str, Any]:
    return {"id": _uri(deck, address), "type": kind, "label": _said(label)}


def manifest(deck: Deck, entry: Entry) -> dict[str, Any]:
    """An entry's pictures with what the exhibition says of it, for viewers and exhibitions elsewhere."""
    base = _uri(deck, f"iiif/{entry.kind}/{entry.id}/")
    images = painted(deck.pictures_of(entry))
    facts = [(fact.label, [value.label for value in fact.values]) for fact in facts_of(deck, entry)]
    out = {
        "@context": CONTEXT,
        "id": f"{base}manifest.json",
        "type": "Manifest",
        "label": _said(entry.title),
        "metadata": [_pair(label, *values) for label, values in facts],
        "requiredStatement": _pair("来源", _statement(deck, images)),
        "homepage": [
            {
                "id": _uri(deck, address_of(entry)),
                "type": "Text",
                "label": _said(entry.title),
                "format": "text/html",
                "language": [_LANGUAGE],
            }
        ],
        "thumbnail": [_file_of(deck, images[0], small=True)],
        "items": [_canvas(deck, image, base=f"{base}{number}") for number, image in enumerate(images, 1)],
    }
    if entry.data.summary:
        out["summary"] = _said(entry.data.summary)
    licence = images[0].licence
    if _RIGHTS.match(licence) and all(image.licence == licence for image in images):
        out["rights"] = licence
    return out


def _canvas(deck: Deck, image: Image, *, base: str) -> dict[str, Any]:
    wide, tall = image.full if image.zoom else (image.width, image.height)
    body = _file_of(deck, image)
    if image.zoom:
        service = {"id": _uri(deck, image.zoom).rstrip("/"), "type": "ImageService3", "profile": "level0"}
        body = body | {"width": wide, "height": tall, "id": f"{service['id']}/full/max/0/default.jpg"}
        body |= {"format": "image/jpeg", "service": [service]}
    note = {
        "id": f"{base}/annotation",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": f"{base}/canvas",
    }
    canvas = {
        "id": f"{base}/canvas",
        "type": "Canvas",
        "label": _said(image.caption or image.alt),
        "width": wide,
        "height": tall,
        "items": [{"id": f"{base}/page", "type": "AnnotationPage", "items": [note]}],
    }
    if image.credit:
        canvas["requiredStatement"] = _pair("供图", image.credit)
    return canvas


def _file_of(deck: Deck, image: Image, *, small: bool = False) -> dict[str, Any]:
    one = image.renditions[0] if small and image.renditions else image
    kind = _TYPES[one.address.rpartition(".")[2]]
    return {
        "id": _uri(deck, one.address),
        "type": "Image",
        "format": kind,
        "width": one.width,
        "height": one.height,
    }


def _statement(deck: Deck, images: tuple[Image, ...]) -> str:
    site = deck.catalogue.exhibition
    credits = dict.fromkeys(image.credit for image in images if image.credit)
    return "；".join((site.organiser or site.name, *credits))


def _uri(deck: Deck, address: str) -> str:
    return f"{deck.catalogue.exhibition.url}{address}"


def _said(*words: str) -> dict[str, list[str]]:
    return {_LANGUAGE: list(words)}


def _pair(label: str, *values: str) -> dict[str, dict[str, list[str]]]:
    return {"label": _said(label), "value": _said(*values)}


def _file(address: str, document: dict[str, Any]) -> OutputFile:
    return OutputFile(address, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8"))
