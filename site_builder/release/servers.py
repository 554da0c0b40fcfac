"""A root directory and a host name come in; the configuration of a web server for the site goes out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from site_builder.release.headers import SHARED, TRANSPORT, security
from site_builder.release.served import (
    ALWAYS_ASKED,
    BRIEF,
    CACHING,
    IMMUTABLE,
    OTHER_TYPE,
    SHARED_FOLDERS,
    SHARED_SUFFIXES,
    TYPES,
)

ROOT, HOST = "/srv/zhan/current", "zhan.example.cn"
_MADE = "由 exhibition headers --for {} 生成；改设置请改程序里的声明，再生成一次。"


def nginx(root: str, host: str) -> str:
    """A file for ``/etc/nginx/conf.d/``: map and server; the compressed variants beside the files are sent as they are."""
    caching = "\n".join(f'    "~{_rooted(pattern)}" "{cache}";' for pattern, cache in CACHING)
    headers = "\n".join(f'    add_header {name} "{value}" always;' for name, value in security())
    types = "\n".join(f"        {kind.partition(';')[0]} {suffix[1:]};" for suffix, kind in TYPES.items())
    charset = " ".join(sorted({kind.partition(";")[0] for kind in TYPES.values() if "charset" in kind}))
    return f"""# {_MADE.format("nginx")}
map $uri $exhibition_cache {{
{caching}
    default "{BRIEF}";
}}
map $uri $exhibition_shared {{
    "~{_shared()}" "{SHARED[1]}";
    default "";
}}

server {{
    listen 80;
    listen [::]:80;
    server_name {host};
    root {root};
    index index.html;
    error_page 404 /404.html;
    absolute_redirect off;
    server_tokens off;

    # 上线时已经压缩好，直接发送；brotli 要装模块 libnginx-mod-http-brotli-static
    gzip_static on;
    gzip_vary on;
    # brotli_static on;

    charset utf-8;
    charset_types {charset};
    default_type {OTHER_TYPE};
    types {{
{types}
    }}

{headers}
    # 网站有 HTTPS、并且以后一直有，再打开这一行
    # add_header {TRANSPORT[0]} "{TRANSPORT[1]}" always;
    add_header Cache-Control $exhibition_cache always;
    add_header {SHARED[0]} $exhibition_shared always;

    location / {{
        try_files $uri $uri/ =404;
    }}
}}
"""


def caddy(root: str, host: str) -> str:
    """A Caddyfile; Caddy gets its certificate by itself."""
    caching = "\n".join(f'\t\t"~{_rooted(pattern)}" "{cache}"' for pattern, cache in CACHING)
    headers = "\n".join(f'\t\t{name} "{value}"' for name, value in security())
    types = "\n".join(
        f'\t@type{number} path *{suffix}\n\theader @type{number} Content-Type "{kind}"'
        for number, (suffix, kind) in enumerate(TYPES.items())
        if "charset" in kind
    )
    return f"""# {_MADE.format("caddy")}
{host} {{
	root * {root}
	map {{path}} {{cache}} {{
{caching}
		default "{BRIEF}"
	}}
	@shared path_regexp {_shared()}
	header {{
{headers}
		# 网站以后一直有 HTTPS，再打开这一行
		# {TRANSPORT[0]} "{TRANSPORT[1]}"
		Cache-Control {{cache}}
	}}
	header @shared {SHARED[0]} "{SHARED[1]}"
{types}
	file_server {{
		precompressed br gzip
	}}
	handle_errors {{
		rewrite * /404.html
		header Content-Type "text/html; charset=utf-8"
		header Cache-Control "{ALWAYS_ASKED}"
		file_server
	}}
}}
"""


def netlify(root: str, host: str) -> str:
    """A ``_headers`` file, which Netlify, Cloudflare Pages and EdgeOne Pages read; it knows folders, not expressions."""
    headers = "\n".join(f"  {name}: {value}" for name, value in security())
    forever = "\n".join(
        f"{path}\n  ! Cache-Control\n  Cache-Control: {IMMUTABLE}"
        for path in ("/media/*", "/iiif/image/*", "/share/*", "/assets/stylesheets/*")
    )
    shared = "\n".join(f"/{folder}*\n  {SHARED[0]}: {SHARED[1]}" for folder in SHARED_FOLDERS)
    return f"# {_MADE.format('netlify')}\n/*\n{headers}\n  Cache-Control: {ALWAYS_ASKED}\n{forever}\n{shared}\n"


SERVERS: Mapping[str, Callable[[str, str], str]] = MappingProxyType(
    {"nginx": nginx, "caddy": caddy, "netlify": netlify}
)
"""Name → what writes the configuration."""


def _rooted(pattern: str) -> str:
    """A pattern for paths of the site as one for paths of addresses, which begin with a slash."""
    return pattern.replace("(^|/|", "(/|").replace("^", "^/")


def _shared() -> str:
    suffixes = "|".join(sorted(suffix.replace(".", r"\.") for suffix in SHARED_SUFFIXES))
    folders = "|".join(f"^/{folder}" for folder in SHARED_FOLDERS)
    return f"({folders}|({suffixes})$)"
