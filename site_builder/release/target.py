"""Where to deploy comes in as people write it; a directory or a bucket goes out."""

import ipaddress
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from site_builder.model.frozen import frozen
from site_builder.release.refusal import refused

_KNOWN = frozenset({"endpoint", "region", "style", "gzip"})
_HOW = "写作 s3://桶名/前缀?endpoint=https://…&region=…"


@frozen
class BucketTarget:
    """A place in an object storage that speaks S3."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    virtual: bool = True
    """Whether the bucket's name is part of the host's name, as most clouds want it."""
    gzip: bool = True
    """Whether texts are stored compressed."""

    @property
    def words(self) -> str:
        """For messages."""
        return f"s3://{self.bucket}/{self.prefix}"


def target_from(text: str) -> Path | BucketTarget:
    """The target that a text names; one that cannot be understood is refused."""
    if "://" not in text:
        if text.lower().startswith("s3:"):
            raise refused("deploy-target", text, message=f"看不懂上线的目标：s3: 后面要有两条斜线。{_HOW}")
        return Path(text).absolute()
    parts = urlsplit(text)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = [name for name in options if name not in _KNOWN]
    if parts.scheme != "s3" or not parts.hostname or parts.username or unknown:
        raise refused(
            "deploy-target", f"{parts.scheme}://…", message=f"看不懂上线的目标{_why(parts.scheme, unknown)}。{_HOW}"
        )
    endpoint = options.get("endpoint", "")
    host = urlsplit(endpoint).hostname or ""
    if endpoint and (urlsplit(endpoint).scheme not in {"http", "https"} or not host):
        raise refused("deploy-target", parts.hostname, message=f"endpoint 要以 https:// 开头，现在是“{endpoint}”")
    if options.get("style", "path") not in {"path", "virtual"} or options.get("gzip", "yes") not in {"yes", "no"}:
        raise refused("deploy-target", parts.hostname, message="style 只能是 path 或 virtual，gzip 只能是 yes 或 no")
    style = options.get("style") or ("path" if _is_near(host) else "virtual")
    return BucketTarget(
        bucket=parts.netloc,
        prefix=parts.path.strip("/"),
        endpoint=endpoint,
        region=options.get("region", ""),
        virtual=style == "virtual" and bool(endpoint),
        gzip=options.get("gzip") != "no",
    )


def _why(scheme: str, unknown: list[str]) -> str:
    if unknown:
        return f"：不认识 {'、'.join(unknown)}"
    return "" if scheme == "s3" else f"：只支持目录和 s3://，不支持 {scheme}://"


def _is_near(host: str) -> bool:
    """Whether a host has no name of its own under which buckets could stand."""
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return "." not in host
