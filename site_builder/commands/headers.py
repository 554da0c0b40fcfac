"""The name of a web server comes in; its configuration for the exhibition goes out."""

import click

from site_builder.release.servers import HOST, ROOT, SERVERS


@click.command()
@click.option(
    "--for",
    "server",
    type=click.Choice(list(SERVERS)),
    required=True,
    metavar="服务器",
    help="nginx、caddy 或 netlify。",
)
@click.option(
    "--docroot", default=ROOT, show_default=True, metavar="目录", help="网页所在的目录：上线目标下的 current。"
)
@click.option("--host", default=HOST, show_default=True, metavar="域名", help="网站的域名。")
def headers(server: str, docroot: str, host: str) -> None:
    """打印网页服务器的配置：安全头、缓存、压缩、404 页。

    \b
    例：exhibition headers --for nginx --host zhan.example.cn > /etc/nginx/conf.d/zhan.conf
        exhibition headers --for caddy > Caddyfile
        exhibition headers --for netlify > site/_headers
    """
    click.echo(SERVERS[server](docroot, host), nl=False)
