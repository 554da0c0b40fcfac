"""A bucket and requests come in; objects, their digests and refusals in words go out. The one module that knows obstore."""

import importlib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from site_builder.model.frozen import frozen
from site_builder.release.refusal import refused
from site_builder.release.target import BucketTarget

RETRIES = 8
PATIENCE = timedelta(minutes=3)
"""How long a request is tried again while the server is busy or the line is down."""
_CODE = re.compile(r"<Code>(\w+)</Code>")
_STATUS = re.compile(r"status code: (\d{3})")


@frozen
class Kept:
    """An object in the bucket: its entity tag without quotes, size in bytes, and when it was written."""

    etag: str
    size: int
    modified: datetime


@frozen
class Bucket:
    """A bucket, below its prefix; every call is tried again while the server is busy."""

    store: Any
    words: str

    def listed(self) -> dict[str, Kept]:
        """All objects by key; a thousand with each request."""
        with self._told("列出文件"):
            return {
                item["path"]: Kept((item["e_tag"] or "").strip('"'), item["size"], item["last_modified"])
                for chunk in self.store.list(chunk_size=1000)
                for item in chunk
            }

    def get(self, key: str) -> bytes | None:
        """The object's bytes as they are stored; None where there is none."""
        with self._told(f"读取 {key}"):
            try:
                return bytes(self.store.get(key).bytes())
            except FileNotFoundError:
                return None

    def put(self, key: str, content: bytes, *, headers: Mapping[str, str], only_new: bool = False) -> str | None:
        """Writes an object, whole or not at all; answers its entity tag, or None where it is there and must be new."""
        errors = importlib.import_module("obstore.exceptions")
        with self._told(f"上传 {key}"):
            try:
                mode = "create" if only_new else "overwrite"
                result = self.store.put(key, content, attributes=dict(headers), use_multipart=False, mode=mode)
            except (errors.AlreadyExistsError, errors.PreconditionError):
                return None
            return str(result["e_tag"] or "").strip('"')

    def copy(self, source: str, key: str) -> None:
        """Copies an object with its headers inside the bucket: nothing is uploaded."""
        with self._told(f"复制 {key}"):
            self.store.copy(source, key)

    def delete(self, key: str) -> None:
        """Removes an object; one that is not there is no fault."""
        with self._told(f"删除 {key}"):
            try:
                self.store.delete(key)
            except FileNotFoundError:
                return

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        """Turns what the server refuses into words. The server's own words are left out: they may hold names of keys."""
        errors = importlib.import_module("obstore.exceptions")
        try:
            yield
        except (errors.BaseError, OSError) as fault:
            raise refused("deploy-refused", self.words, message=f"{doing}没有成功：{_reason(fault, errors)}") from None


def open_bucket(target: BucketTarget) -> Bucket:
    """The bucket, with the credentials of the environment (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY`` or a role)."""
    if importlib.util.find_spec("obstore") is None:
        raise refused("deploy-tool", target.words, message="上线到对象存储要用的程序包 obstore 没有安装")
    # deletes one by one: not every storage that speaks S3 knows how to delete many with one request
    options: dict[str, Any] = {"virtual_hosted_style_request": target.virtual, "disable_bulk_delete": True}
    if target.endpoint:
        options["endpoint"] = _endpoint(target)
    if target.region:
        options["region"] = target.region
    if target.prefix:
        options["prefix"] = target.prefix
    retry = {"max_retries": RETRIES, "retry_timeout": PATIENCE}
    client = {"allow_http": target.endpoint.startswith("http://"), "timeout": "10 minutes"}
    s3 = importlib.import_module("obstore.store").S3Store
    return Bucket(s3(target.bucket, client_options=client, retry_config=retry, **options), target.words)


def _endpoint(target: BucketTarget) -> str:
    """For the style in which the bucket is part of the host's name, the endpoint has to name it."""
    scheme, _, host = target.endpoint.rstrip("/").partition("://")
    return f"{scheme}://{target.bucket}.{host}" if target.virtual else f"{scheme}://{host}"


def _reason(fault: Exception, errors: Any) -> str:
    said = str(fault)
    named = (_CODE.search(said) or _STATUS.search(said) or [""] * 2)[1]
    code = f"（{named}）" if named else ""
    if isinstance(fault, (errors.PermissionDeniedError, errors.UnauthenticatedError, PermissionError)):
        return f"没有权限{code}。请核对环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 和桶的权限"
    if named == "NoSuchBucket" or isinstance(fault, FileNotFoundError):
        return f"找不到桶或文件{code}"
    return f"服务器没有应答或拒绝了请求{code}。请核对 endpoint、region、网络和密钥，再运行一次，会从断处继续"


def now() -> datetime:
    """For comparing with the times of objects."""
    return datetime.now(UTC)
