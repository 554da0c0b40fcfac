"""The settings of an exhibition come in; the licence of its data and what else is said of them as a whole go out."""

from types import MappingProxyType
from typing import Any

from site_builder.model.exhibition import Exhibition
from site_builder.model.frozen import frozen
from site_builder.publish.takeaway import ROOT

_KNOWN = MappingProxyType(
    {
        "CC0-1.0": ("CC0 1.0 公共领域贡献", "https://creativecommons.org/publicdomain/zero/1.0/"),
        "CC-BY-4.0": ("知识共享 署名 4.0 国际", "https://creativecommons.org/licenses/by/4.0/"),
        "CC-BY-SA-4.0": ("知识共享 署名—相同方式共享 4.0 国际", "https://creativecommons.org/licenses/by-sa/4.0/"),
        "CC-BY-NC-4.0": ("知识共享 署名—非商业性使用 4.0 国际", "https://creativecommons.org/licenses/by-nc/4.0/"),
        "Apache-2.0": ("Apache 许可证 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    }
)
UNSAID = "没有声明许可。转载前请与主办单位联系"


@frozen
class Licence:
    """What may be done with the data."""

    name: str
    """SPDX name where it is one that is known here, else what the settings say; empty where they say nothing."""
    title: str
    address: str

    @property
    def said(self) -> dict[str, Any]:
        """For programs; empty values are left out."""
        found = {"name": self.name, "title": self.title, "path": self.address}
        return {name: value for name, value in found.items() if value}


def origin_of(exhibition: Exhibition) -> str:
    """What a file says of itself once it has left the site: whose it is, of which day, on which terms, where it was taken."""
    licence = licence_of(exhibition)
    address = f"{exhibition.url}{ROOT}" if exhibition.url else ""
    return "，".join(
        filter(None, (exhibition.name, exhibition.published[:10], licence.name and licence.title, address))
    )


def licence_of(exhibition: Exhibition) -> Licence:
    """The licence that the settings give the data."""
    name = exhibition.licence.strip()
    title, address = _KNOWN.get(name, (name or UNSAID, ""))
    return Licence(name, title, address)
