"""The names of an exhibition come in; what lies at the top of its pack goes out: the page to open and the instructions."""

from html import escape

from site_builder.model.pages import OutputFile

SITE = "site"
"""The folder below that holds the site itself."""
OPENING = "打开展览.html"
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>打开展览｜{title}</title>
<link rel="stylesheet" href="site/assets/exhibition.css">
<script src="site/open.js"></script>
</head>
<body>
<div class="page lost">
<h1>{title}</h1>
<p>展览没有自动打开时，请先确认压缩包已经<b>全部解压</b>：在压缩包上点右键，选“全部解压缩”，再到解压出来的文件夹里双击“打开展览”。不解压直接在压缩包里双击，展览是打不开的。</p>
<p>已经解压的，请点这里：<a href="site/index.html">进入展览</a></p>
</div>
</body>
</html>
"""
_TEXT = """{title}　离线版

一、怎样打开
1. 在压缩包上点右键，选“全部解压缩”。不要在压缩包里直接双击。
2. 打开解压出来的文件夹，双击“打开展览”。
3. 不用联网，也不用安装任何软件。建议用 Edge、Chrome、Firefox 或 360 浏览器的极速模式。

二、里面有什么
{content}
检索、筛选、收藏和看细节都能用。收藏只保存在这台电脑的浏览器里。

三、请注意
1. 整个文件夹要放在一起，不要只拷“打开展览”一个文件。
2. 可以拷到 U 盘或光盘，在 U 盘上也能直接打开。
3. 内容是打包时的样子，以后的更正{online}。
4. 要放在展厅的触摸屏上，请用命令 exhibition kiosk --pack 压缩包。
"""


def leaflet(title: str, *, content: str, online: str) -> tuple[OutputFile, ...]:
    """The opening page, which says what to do where the archive was not unpacked, and the instructions for Notepad.

    ``content`` says in one line what is in the pack; ``online`` is the address of the site, or empty.
    """
    where = f"见 {online}" if online else "不会自动进来"
    text = _TEXT.format(title=title, content=content, online=where).replace("\n", "\r\n")
    return (
        OutputFile(OPENING, _PAGE.format(title=escape(title)).encode()),
        OutputFile("使用说明.txt", text.encode("utf-8-sig")),
        OutputFile(f"{SITE}/open.js", b'location.replace("site/index.html" + location.search);\n'),
    )
