"""An SVG file comes in; the same drawing goes out with nothing in it that acts, loads or escapes."""

import re
from pathlib import Path

from lxml import etree

from site_builder.media.unfit import Unfit

LARGEST = 2_000_000
"""Bytes; a drawing that weighs more is better saved as a picture."""
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ELEMENTS = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "switch", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath"),
        *("linearGradient", "radialGradient", "stop", "pattern", "mask", "clipPath", "marker"),
        *("filter", "feGaussianBlur", "feOffset", "feBlend", "feColorMatrix", "feFlood"),
        *("feComposite", "feMerge", "feMergeNode"),
    }
)
"""What stays; scripts, foreignObject, animation, links and all else go with what is inside them."""
_INLINE = re.compile(r"^data:image/(?:png|jpeg|webp);base64,", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in)?\s*$")
_REACHES_OUT = re.compile(
    r"url\s*\(\s*[\"']?\s*(?!#|[\"']?#)|@import|image-set|image\s*\(|src\s*\(|expression|javascript:|\\",
    re.IGNORECASE,
)
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}.get


def drawing(path: Path) -> tuple[bytes, int, int]:
    """The bare drawing, its width and height in CSS pixels; ``Unfit`` where it is none, too large or has no size."""
    if path.stat().st_size > LARGEST:
        raise Unfit("SVG 图超过 2 MB", "在绘图软件里另存为 PNG，或简化图形")
    content = path.read_bytes()
    if b"<!ENTITY" in content.replace(b"\x00", b""):
        raise Unfit("SVG 图里有实体定义，可能是恶意文件", "在绘图软件里另存为“纯 SVG”或 PNG")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unfit("SVG 图打不开，格式有误", "在绘图软件里重新导出，或另存为 PNG") from fault
    if root.tag != f"{{{SVG}}}svg":
        raise Unfit("这不是 SVG 图", "在绘图软件里重新导出")
    _clean(root)
    width, height = _size(root)
    root.set("width", f"{width}")
    root.set("height", f"{height}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8"), width, height


def _clean(root: "etree._Element") -> None:
    for element in list(root.iter()):
        parent = element.getparent()
        if not _is_harmless(element):
            if parent is not None:
                _drop(element, parent)
            continue
        for name, value in list(element.attrib.items()):
            if not _may_stay(str(name), str(value)):
                del element.attrib[name]


def _drop(element: "etree._Element", parent: "etree._Element") -> None:
    """Takes it out with what is inside; the text that follows stays."""
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _is_harmless(element: "etree._Element") -> bool:
    name = etree.QName(element) if isinstance(element.tag, str) else None
    if name is None or name.namespace != SVG or name.localname not in ELEMENTS:
        return False
    return name.localname != "style" or not _REACHES_OUT.search("".join(map(str, element.itertext())))


def _may_stay(name: str, value: str) -> bool:
    plain = name.rpartition("}")[2].lower()
    if ":" in plain:  # a prefix that nobody declared: browsers then show nothing of the drawing
        return False
    if plain.startswith("on") or (name.startswith("{") and not name.startswith(f"{{{XLINK}}}")):
        return False
    if plain == "href":
        return value.startswith("#") or bool(_INLINE.match(value))
    return not _REACHES_OUT.search(value)


def _size(root: "etree._Element") -> tuple[int, int]:
    """From width and height, or else from the viewBox."""
    found = [_NUMBER.match(root.get(name, "")) for name in ("width", "height")]
    if found[0] and found[1]:
        width, height = (float(one[1]) * (_PIXELS(one[2]) or 1.0) for one in found if one)
    else:
        try:
            width, height = (float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:4])
        except ValueError:
            width = height = 0.0
    if not (0.5 <= width <= 20_000 and 0.5 <= height <= 20_000):
        raise Unfit("SVG 图没有写明大小", "导出时写明宽和高，或另存为 PNG")
    return max(1, round(width)), max(1, round(height))
