"""The words that stand beside an archived edition, for whoever opens it without this program."""

CHINESE = """{title}
归档日期：{day}　　网址：{url}

这是一届网上展的归档。它按 BagIt（RFC 8493）装袋，不依赖任何软件公司，几十年后也能读。

一、怎样看
　　用任何浏览器打开 data/site/index.html，不用联网，也不用安装软件。
　　网页是 HTML，图片是 JPEG、PNG、WebP 和 SVG；浏览器不再支持脚本时，文字、图片和链接照样能读。

二、里面有什么
　　data/site/                  整个网站，与归档那天相同
　　data/catalogue.json         全部条目的公开字段（JSON，UTF-8）
　　data/catalogue.schema.json  上面这个文件的说明（JSON Schema）
　　data/datapackage/           表格（CSV，UTF-8），按 Frictionless 数据包编排
　　data/sources/               条目的文字稿（Markdown 和 YAML）；不公开的字段和批注已经去掉
　　data/tool.json              生成网站的程序、各部件的版本号和站点设置
　　图片以网站上的为准；未公开的原始照片不在袋里。

三、怎样核对有没有改动
　　在袋的目录里运行其中任何一条：
　　　　exhibition verify .
　　　　bagit.py --validate .
　　　　sha256sum -c manifest-sha256.txt
　　　　sha512sum -c manifest-sha512.txt
　　manifest 开头的文件是普通文本：每行一个文件的摘要和路径，任何能算 SHA-256 的程序都能核对。

四、没有任何程序时
　　data/sources/ 里全是文字，用记事本就能读；data/datapackage/ 里的表格用任何表格软件都能打开。
"""
ENGLISH = """{title}
Archived: {day}    Address: {url}

An edition of an online exhibition of workers' innovations, kept as a BagIt bag (RFC 8493).

1. To look at it
   Open data/site/index.html in any browser; no network and no other software is needed. Pages are HTML, pictures JPEG, PNG,
   WebP and SVG. Where scripts no longer run, texts, pictures and links can still be read.

2. What is inside
   data/site/                  the whole site as it was on the day above
   data/catalogue.json         every public field of every entry (JSON, UTF-8)
   data/catalogue.schema.json  what that file holds (JSON Schema)
   data/datapackage/           tables (CSV, UTF-8) as a Frictionless data package
   data/sources/               the texts of the entries (Markdown and YAML); private fields and comments are left out
   data/tool.json              versions of the program and all its parts, and the settings of the site
   Pictures are kept as the site shows them; originals that were not published are not in the bag.

3. To prove that nothing has changed, in the directory of the bag, any of
       exhibition verify .
       bagit.py --validate .
       sha256sum -c manifest-sha256.txt
       sha512sum -c manifest-sha512.txt
   The manifests are plain text, a digest and a path on each line.

4. Without any program
   Everything in data/sources/ is plain text; the tables in data/datapackage/ open in any spreadsheet.
"""
