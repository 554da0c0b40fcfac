"""Problems as data: a code, a place, a message and the mend; the doors print them, the lower floors only return them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from site_builder.model.frozen import frozen


class Severity(Enum):
    """How much a problem matters: an error stops a build before anything is written."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


@dataclass(frozen=True, order=True)
class Place:
    """Where in the content: a file, and either a line and column or a field path to be located later."""

    path: str
    """Path relative to the exhibition's root, with ``/``."""
    field: tuple[str | int, ...] = ()
    line: int = 0
    """1-based; 0 where not (yet) known."""
    column: int = 0
    cell: str = ""
    """In an office file: sheet and cell, ``成果!B7``; then line and column are those of the sheet."""

    @property
    def words(self) -> str:
        """The place as reports print it: ``path:line:column``, or ``path 成果!B7``."""
        if self.cell:
            return f"{self.path} {self.cell}"
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@frozen
class Problem:
    """One thing amiss, in words that name the place and the mend."""

    code: str
    place: Place
    message: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """Severity by the table of codes; an unlisted code is a bug and raises KeyError."""
        return code_named(self.code).severity

    def __str__(self) -> str:
        return f"{self.place.words}: {self.severity.value}[{self.code}] {sentence(self.message) + self.hint if self.hint else self.message}"


def sentence(text: str) -> str:
    """The text with the one sign that ends it, before another sentence follows: a question keeps its mark."""
    return text if text.endswith(("？", "！")) else f"{text.rstrip('。')}。"


@frozen
class Code:
    """A stable code of a problem: its severity, what it means, how it is mended."""

    name: str
    severity: Severity
    meaning: str
    mend: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
CODES: tuple[Code, ...] = (
    Code("encoding", _E, "文件不是 UTF-8 编码", "用记事本“另存为”，编码选 UTF-8"),
    Code("control-character", _E, "文件里有看不见的控制字符", "删去该字符，它多半是从别的软件粘贴来的"),
    Code("unreadable", _E, "文件读不出来", "检查文件是否损坏、被占用或没有读取权限"),
    Code("too-large", _E, "文件太大", "条目文件不超过 256 KB；大段资料请放进附件"),
    Code("front-matter", _E, "条目开头的资料区不完整", "资料区以单独一行 --- 开始，以单独一行 --- 结束"),
    Code("yaml", _E, "资料区格式有误", "检查该行的冒号、缩进和引号"),
    Code("yaml-tab", _E, "缩进用了制表符", "改用空格缩进"),
    Code("yaml-colon", _E, "用了全角冒号", "字段名后面用半角冒号加一个空格"),
    Code("yaml-alias", _E, "用了 YAML 的 & 或 * 引用", "把内容完整写出来；文字以 * 或 & 开头时加引号"),
    Code("yaml-tag", _E, "用了 YAML 的 ! 标记", "去掉标记；文字以 ! 开头时加引号"),
    Code("too-deep", _E, "资料嵌套太深", "资料区最多嵌套 20 层；把内容拆开写"),
    Code("hidden-text", _W, "# 后面的文字会被当成注释丢掉", "给整段内容加引号，或在 # 前面不留空格"),
    Code("duplicate-key", _E, "同一字段写了两次", "保留一个，删去另一个"),
    Code("not-mapping", _E, "资料区不是“字段: 内容”的形式", "每行写一个字段名、冒号、空格和内容"),
    Code("unknown-field", _E, "没有这个字段", "改用手册“字段表”里的名称"),
    Code("missing-field", _E, "缺少必填字段", "补上该字段"),
    Code("wrong-type", _E, "内容的形式不对", "按手册“字段表”里的样例改写"),
    Code("bad-date", _E, "日期写法认不出来", "写成 2024-05-03、2024-05 或 2024"),
    Code("bad-year", _E, "年份写法认不出来", "写四位数字，如 2021"),
    Code("bad-money", _E, "金额写法认不出来", "写数字加单位，如 1200万元"),
    Code("bad-number", _E, "数字写法认不出来", "只写数字，如 12"),
    Code("bad-tile", _E, "地区方格的位置认不出来", "写作 方格: [列, 行]，如 [3, 5]"),
    Code("bad-focus", _E, "图片的焦点写法认不出来", "写自左、自上的百分数，如 [50%, 30%]"),
    Code("bad-choice", _E, "不在可选的值之内", "改成列出的值之一"),
    Code("bad-id", _E, "编号不合规则", "编号只用小写字母、数字和连字符，如 tong-lan-2024，不超过 64 个字符"),
    Code("wrong-folder", _E, "文件放错了位置", "按手册“目录”一节放到对应的文件夹"),
    Code("unknown-file", _W, "不认识的文件", "条目用 .md 或 .yml；图片和附件放进 content/media/"),
    Code("doubled-id", _E, "两个条目用了同一编号", "给其中一个换编号"),
    Code("address-clash", _E, "两个条目要用同一地址", "改其中一个的编号或曾用地址"),
    Code("dead-reference", _E, "引用的编号不存在", "改成已有的编号；只想写名称时用中文名称"),
    Code("unknown-term", _E, "词表里没有这个词", "改用词表里的词，或在 content/vocabularies/ 里增补"),
    Code("doubled-tile", _E, "两个地区占了同一个方格", "给其中一个换位置，或删去它的“方格”"),
    Code("unknown-grade", _E, "这个奖项没有这一等级", "改用奖项文件里列出的等级，或在奖项文件里增补"),
    Code("unknown-session", _W, "奖项文件里没有这一届", "在奖项文件的 sessions 里增补，或改正届次"),
    Code("unknown-edition", _E, "没有这一展期", "改成 content/editions/ 里已有的编号"),
    Code("edition-folder", _E, "展期与所在文件夹不一致", "把文件移到对应展期的文件夹，或改正展期"),
    Code("missing-media", _E, "找不到图片或附件", "把文件放进 content/media/，并核对文件名（区分大小写）"),
    Code("bad-picture", _E, "图片或附件不能发布", "图片用 JPEG、PNG 或 WebP 重新保存；附件用 PDF、MP4、Office 文件等"),
    Code("mislabelled", _W, "扩展名与文件内容不符", "把扩展名改成内容的那一种；程序已按内容处理"),
    Code("bad-path", _E, "文件路径不允许", "写 content/media/ 里面的路径，如 2024/a.jpg，不含 .. 和网址"),
    Code("bad-condition", _E, "展厅或展品墙的条件有误", "条件写作 字段: 值，字段须是可筛选的字段"),
    Code("empty-hall", _N, "展厅里没有展品", "没有展品的展厅不会建；放宽条件或删去展厅"),
    Code(
        "bad-embed",
        _E,
        "嵌入展品的写法有误",
        "写作 [[展品: 编号]]、[[展品墙: 展期=2024 最多=6]] 或 [[图表: 编号]]，独占一行",
    ),
    Code("bad-chart", _E, "图表的数据有误", "至少写一行数据，项目不重复，占比不超过 100，写明来源"),
    Code("long-title", _W, "标题超过 30 个字", "申报表要求不超过 30 字；能缩短更好"),
    Code("many-points", _W, "创新点超过 3 条", "申报表要求不多于 3 条"),
    Code("many-people", _W, "完成人超过该等级的限额", "特等奖 15 人、一等奖 9 人、二等奖 7 人、三等奖 5 人"),
    Code("no-alt", _W, "图片没有替代文字", "用一句话写出图里有什么"),
    Code("no-glyph", _W, "分享图和印刷品的字体里没有这个字", "把含这个字的字体文件（.otf 或 .ttf）放进 content/fonts/"),
    Code("no-source", _W, "条目没有资料来源", "写明出处，便于核对"),
    Code("boastful-start", _W, "简介以套话开头", "先写解决了什么问题"),
    Code("report-numbers", _W, "统计表里的数字互相矛盾", "与填表的工会核对，改正其中一个"),
    Code("notice-over", _W, "公示期写法不完整或已经结束", "公示结束后把状态改为 published"),
    Code("frequent-name", _N, "同一名称多次出现，值得建一个条目", "用 exhibition new 新建后，把名称换成编号"),
    Code("search-self-test", _E, "检索找不到条目里有的字词", "这是程序的毛病，请连同提示的条目和字词报告给维护者"),
    Code("sheet-format", _E, "这种格式的表格读不了", "另存为 .xlsx、.csv 或 .docx 再导入"),
    Code("sheet-locked", _E, "表格设了密码", "去掉密码再导入"),
    Code("sheet-damaged", _E, "表格文件损坏或不完整", "请寄件人重新保存后再发一次"),
    Code("sheet-limit", _E, "表格超过限度", "分成几个文件"),
    Code("sheet-encoding", _E, "表格的文字编码认不出来", "用 Excel 打开，另存为 .xlsx"),
    Code("no-header", _W, "表里找不到表头", "检查表头；不是登记表的，删去这张表"),
    Code("unknown-heading", _W, "不认识的表头", "用 --write-map 写出对照表，填上它是哪个字段，或写“不要”"),
    Code("cell-fault", _E, "格子里是公式错误", "改正公式，或直接填写内容"),
    Code("private-data", _E, "要公开的内容里有个人信息", "删去这些号码；展览不登个人联系方式和证件号"),
    Code("half-hidden", _W, "只遮住中间几位的号码，与姓名在一起仍是个人信息", "整个删去"),
    Code("unused-exception", _W, "个人信息例外没有用到", "删去这一项，或照原样写出那个号码"),
    Code("bad-consent", _E, "同意记录不完整", "未成年人写明监护人；日期写成 2026-03-01"),
    Code("consent-over", _W, "本人同意已经过期", "再取得同意后改“有效期至”；不再公开的用 exhibition withdraw 撤下"),
    Code("no-basis", _W, "公开姓名或肖像没有依据", "写明出处（公开的荣誉名单），或在 consent 里写明本人同意"),
    Code("name-in-text", _W, "没有依据公开的姓名还写在文字里", "把文字里的姓名改成“团队成员”"),
    Code("doubled-row", _E, "同一条目在表里出现了两次", "合并成一行，或改正名称"),
    Code("told-twice", _W, "两份材料说法不同", "核对后改成一致；现在取较长的一种"),
    Code("doubtful-match", _E, "说不清是哪一个条目", "在表里加“条目编号”一列，写明编号"),
    Code("no-such-entry", _E, "要修订的条目不存在", "核对名称和单位，或不用 --mode revise"),
    Code("near-name", _N, "名称与已有条目相近", "是同一个就在对照表 names 里写明编号，不是就写原来的名称"),
    Code("seen-before", _W, "别的展期里有同名成果", "确认不是重复申报"),
    Code("unmatched-folder", _W, "文件夹里的图片不知道属于哪个条目", "文件夹名以成果名称开头，与表里一致"),
    Code("picture-left", _W, "图片没有取", "图片用 JPEG 或 PNG 重新保存，放在同一个文件夹里"),
    Code("edited-since", _E, "文件在导入后又被改过，不能撤回", "先把手工改动另存，或从版本库恢复"),
    Code("harvest-source", _E, "汇集的来源读不到", "核对网址或文件；对方的网站打不开时，请对方给一份压缩包"),
    Code(
        "harvest-address", _E, "汇集的网址或路径不允许", "只汇集公开的 http、https 网址；内部网络的加 --allow-private"
    ),
    Code("harvest-limit", _E, "汇集的数据超过限度", "分几次汇集"),
    Code("harvest-format", _E, "汇集的数据认不出来或不完整", "请对方重新生成；普通的表格用 exhibition import 导入"),
    Code("harvest-double", _W, "汇集来的条目与别的条目同名", "是同一个就不要两个都留；是两个就不用管"),
    Code("federation-site", _E, "本展的网站不能作为汇合的门户", "先用现在的程序运行 exhibition build，再汇合"),
    Code("federation-member", _E, "要汇合的展览取不到，或者数据坏了", "核对网址；请对方重新建站、上线"),
    Code("federation-version", _E, "要汇合的展览用的是另一版的检索索引", "两边都换成较新的程序，各自重新建站"),
    Code("federation-limit", _E, "要汇合的展览超过限度", "分成几个汇合，如每个片区一个"),
    Code("federation-kept", _W, "要汇合的展览现在取不到，用的是上次取来的", "对方恢复以后再汇合一次"),
    Code("deploy-site", _E, "要上线的不是一个建好的网站", "先运行 exhibition build，再用 --site 指明网站的目录"),
    Code("deploy-target", _E, "上线的目标不能用", "写一个目录，或 s3://桶名/前缀?endpoint=…；见手册“上线”一章"),
    Code("deploy-tool", _E, "缺少上线要用的程序包", "运行 pip install 'workers-exhibition[deploy]'"),
    Code("deploy-locked", _E, "另一次上线正在进行", "等它结束再运行；中断的上线 15 分钟后自动让开"),
    Code("deploy-space", _E, "目标磁盘的空间不够", "清出空间，或用较小的 --keep 再运行"),
    Code("deploy-refused", _E, "对象存储拒绝了请求或没有应答", "核对目标、密钥和网络，再运行一次，会从断处继续"),
    Code("deploy-differs", _E, "写出的文件与网站不一致", "等网站建完后再运行一次；反复出现时检查磁盘"),
    Code("deploy-no-former", _E, "没有可以回退的版本", "重新建成要的那一版，再上线一次"),
    Code("pack-name", _E, "离线包里有 Windows 放不下的文件名", "给条目换一个编号，原来的编号写进 aliases"),
    Code("pack-size", _E, "离线包太大", "加 --small，按展期分开打包，或用 --max-size 放宽限度"),
    Code("archive", _E, "挂回的归档不对", "从备份恢复归档袋，或用 exhibition mount 重新挂回"),
    Code(
        "lost-address", _E, "公布过的地址没有网页了", "恢复条目，或在新条目里写 aliases，或在地址表这一行末尾写“撤下”"
    ),
    Code("bad-ledger", _E, "地址表里有认不出来的一行", "每行写：地址、展期、（可不写）“撤下”或新地址，用空格隔开"),
    Code("freeze-notice", _E, "还在公示，不能归档", "公示期满、状态改为 published 以后再归档"),
    Code("dead-link", _E, "建成的网站里有打不开的链接", "在该页所写的内容里改正链接，或补上所指的网页、文件"),
    Code("dead-anchor", _W, "链接指的位置在网页里没有", "改正链接里 # 后面的部分，或给那一处标题写上同样的锚点"),
    Code("foreign-request", _E, "网页要从别的网站取文件", "把文件放进 content/media/，在内容里改用它"),
    Code(
        "foreign-address", _W, "程序里写着别的网站的地址", "从 theme/ 里自己加的程序中去掉；没有自己加的，报告给维护者"
    ),
    Code(
        "inline-code", _W, "网页或图里直接写了程序或样式", "把程序和样式放进文件，用 extra_javascript、extra_css 引用"
    ),
    Code("no-alternative", _W, "网页上的图片没有说明画面的替代文字", "在条目的 alt 里用一句话写出图里有什么"),
    Code("heading-order", _W, "网页的标题层级不对", "正文从二级标题（##）写起，一级一级往下"),
    Code("doubled-anchor", _W, "同一页里两处用了同一个 id", "改其中一处标题的锚点"),
    Code("no-language", _W, "网页没有写明语言", "在自己写的模板里给 html 加上 lang"),
    Code("page-title", _W, "网页没有标题或简介，或标题与别的页相同", "给该页写上 title 和 description，各页不同"),
    Code("same-description", _N, "几页的简介相同", "能分别写的，分别写一句"),
    Code("empty-page", _W, "网页的正文是空的", "补上内容，或删去这一页"),
    Code("orphan-page", _W, "从首页点不到这一页", "在别的页里加上通到它的链接"),
    Code("linked-data", _W, "给搜索引擎的资料读不出来", "这是程序的毛病，请连同该页的条目报告给维护者"),
    Code("heavy-page", _W, "网页太重，手机上打开慢", "减少一页里的内容和图片；确实需要的，用 --budget 放宽"),
    Code(
        "left-metadata", _W, "图片或文件里留有作者、软件、地点等资料", "用 content/media/ 里的图片，程序会去掉这些资料"
    ),
    Code("oversize-picture", _W, "图片太大或打不开", "重新保存成小一些的图片"),
    Code("sitemap", _W, "站点地图与网页不一致", "重新建成网站；仍然如此的，报告给维护者"),
    Code("search-page", _W, "检索与网页不一致", "重新建成网站；仍然如此的，报告给维护者"),
    Code("stray-file", _W, "网站里有不该发布的文件", "从 content/ 或 theme/ 里删去这个文件"),
    Code("unread-file", _W, "有文件读不到，里面有没有个人信息不知道", "去掉密码，或拆成小一些、普通一些的文件"),
    Code("machine-trace", _W, "网站里写着制作电脑上的路径或用户名", "在内容里找到并删去这一处"),
    Code("hidden-entry", _W, "没有发布或已经撤下的条目在网站里露出来", "在提到它的内容里删去它的名称"),
    Code("unknown-language", _W, "不认识的语言", "语言写 zh-Hant（繁体）或 en（英文）"),
    Code(
        "translated-meanwhile",
        _E,
        "译文表导出以后，译文在别处改过",
        "看过现在的译文再定：把它抄进“现有译文”一列再导入，或重新导出译文表",
    ),
    Code(
        "old-translation",
        _N,
        "译文译的是改动以前的中文",
        "在 exhibition edit 里照现在的中文改译文；不用改的，在那里点“看过了，译文不用改”",
    ),
    Code("no-original", _E, "译文没有对应的原文", "改正译文的路径，或删去译文"),
    Code("bag-format", _E, "不是完整的归档袋", "核对路径；袋里缺少清单的，请从备份恢复"),
    Code("bag-unsafe", _E, "归档袋不可信", "不要使用这个袋，请寄件人重新给一份"),
    Code("bag-missing", _E, "归档袋里少了文件", "从备份里把这个文件拷回来"),
    Code("bag-added", _E, "归档袋里多了文件", "把这个文件移到袋外"),
    Code("bag-changed", _E, "归档袋里的文件改过了", "从备份里把这个文件拷回来"),
    Code("settings", _E, "站点设置有误", "检查 mkdocs.yml 里 exhibition 插件的设置"),
    Code("settings-edition", _W, "设置里写的展期不存在", "改成 content/editions/ 里已有的编号"),
)


_NAMED = MappingProxyType({code.name: code for code in CODES})


def code_named(name: str) -> Code:
    """The code of that name; KeyError where it is not in the table."""
    return _NAMED[name]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by file, line, column and code, each said once."""
    return tuple(sorted(set(problems), key=lambda p: (p.place.path, p.place.line, p.place.column, p.code, p.message)))


def stops(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether a build must stop: any error, or in strict mode any warning."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in stopping for problem in problems)
