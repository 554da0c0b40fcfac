"""No input; the table of all rules goes out: code, severity, what is demanded, by which document, and the mend."""

from site_builder.model.frozen import frozen
from site_builder.model.problems import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
LINYI = "临会发〔2015〕9号 五、3"
STUDIOS = "沪工技协〔2016〕1号"
NONPUBLIC = "沪工技协〔2016〕4号"
FESTIVAL = "沪工总基〔2017〕153号 附件2 注1（如实填报）"
REPORT = "2022年调研报告 二（一）3"
HOUSE = "编者手册"
DECLARED = "奖项文件"
_LOCAL = ("临会发", "沪工", "2022年")


@frozen
class Rule:
    """A rule: a stable code, how much it matters, what it means, which document makes it, how it is met."""

    name: str
    severity: Severity
    meaning: str
    source: str
    mend: str

    @property
    def reference(self) -> str:
        """The source as other cities may read it: a document of one city is only referred to."""
        return f"参照 {self.source}" if self.source.startswith(_LOCAL) else self.source


RULES: tuple[Rule, ...] = (
    Rule("quota-exceeded", _E, "一届里某一等级超过奖项的名额", LINYI, "核对名单，改正等级或届次；名额改了就改奖项文件"),
    Rule(
        "session-list-exceeded",
        _E,
        "一届里某一等级超过该届公布的名额",
        REPORT,
        "核对名单，改正等级；该届名额改了就改 sessions",
    ),
    Rule("session-total-exceeded", _E, "一届的总数超过名额", LINYI, "核对名单和届次；名额改了就改奖项的 demands"),
    Rule("winners-more-than-stated", _E, "收录的得主比公布的多", DECLARED, "核对届次，或改正 sessions 里的获奖数"),
    Rule("winners-fewer-than-stated", _N, "收录的得主比公布的少", DECLARED, "名单齐了再补；只收公开资料时不必改"),
    Rule("session-early", _W, "两届间隔比周期短", LINYI, "核对年份；周期改了就改奖项的 cadence"),
    Rule("session-late", _W, "相邻两届间隔比周期长", LINYI, "核对年份；确实推迟的，在 sessions 的 note 里写明"),
    Rule("session-missing", _N, "按周期应有的一届没有记录", LINYI, "在 sessions 里补上这一届"),
    Rule("session-overdue", _W, "按周期早该有新的一届", LINYI, "补上新的一届；停办的，删去 cadence"),
    Rule(
        "share-applied-low",
        _W,
        "申报中非公企业不到要求的比例",
        f"{NONPUBLIC} 三（二）1",
        "动员非公企业申报；数字写错了就改 sessions",
    ),
    Rule(
        "share-won-low",
        _W,
        "获奖中非公企业不到要求的比例",
        f"{NONPUBLIC} 三（二）1",
        "核对单位性质；数字写错了就改 sessions",
    ),
    Rule(
        "share-unrecorded",
        _N,
        "要求了非公比例，但没有数字可核对",
        f"{NONPUBLIC} 三（二）1",
        "在 sessions 里写非公企业申报数和获奖数",
    ),
    Rule("prize-sum-high", _E, "一届的奖金总额超过规定", REPORT, "核对名额和奖金；规定改了就改奖项的 demands"),
    Rule("prize-high", _E, "单项奖金超过规定", REPORT, "核对奖金；规定改了就改奖项的 demands"),
    Rule(
        "author-excluded", _W, "第一完成人的职务在排除之列", LINYI, "换第一完成人，或核对其职务；不给物质奖励的照文件办"
    ),
    Rule("author-too-often", _W, "同一人任第一完成人的次数超过限额", DECLARED, "保留限额以内的成果"),
    Rule(
        "holder-of-other-kind", _W, "得主的单位性质不在规定之列", f"{NONPUBLIC} 三（二）2", "核对单位性质，或改正奖项"
    ),
    Rule(
        "holder-without-union",
        _N,
        "要求有工会组织，没有写所属工会",
        f"{NONPUBLIC} 三（二）2",
        "在条目或单位里写上 union",
    ),
    Rule("notice-running", _N, "公示期还没有结束", f"{STUDIOS} 第六条", "公示结束以前不要改成发布"),
    Rule("notice-ended", _W, "公示期已过，状态还是公示", f"{STUDIOS} 第六条", "没有异议就把状态改为发布"),
    Rule("published-in-notice", _E, "公示期没有结束就发布了", f"{STUDIOS} 第六条", "把状态改回公示，等公示结束"),
    Rule("notice-short", _W, "公示天数不够", f"{STUDIOS} 第六条", "把公示期延长到规定的天数"),
    Rule("named-twice", _E, "同一届里同一个人或集体命名了两次", LINYI, "删去重复的一条，或改正届次"),
    Rule("studio-lead-skill", _W, "领衔人的技能等级不够", f"{STUDIOS} 第三条 1", "核对领衔人的技能等级，或换领衔人"),
    Rule("studio-team-small", _W, "工作室团队人数不够", f"{STUDIOS} 第三条 2", "补上成员，或核对人数"),
    Rule("studio-no-subsidy", _W, "工作室没有受资助的成果", f"{STUDIOS} 第三条 3", "在 subsidies 里写上受资助的成果"),
    Rule("studio-inactive", _W, "工作室近期没有活动", f"{STUDIOS} 第三条 4", "在台账里补记活动"),
    Rule("studio-no-activity-ledger", _W, "没有日常活动台账", f"{STUDIOS} 第七条", "在 activities 里记日常活动"),
    Rule("studio-no-results-ledger", _W, "没有创新成果台账", f"{STUDIOS} 第七条", "在 results_ledger 里记创新成果"),
    Rule("studio-review-due", _N, "工作室今年周期届满，应当考核", f"{STUDIOS} 第十条", "考核后在 reviews 里写结果"),
    Rule("studio-review-overdue", _W, "工作室周期已过，还没有考核", f"{STUDIOS} 第十条", "补考核，在 reviews 里写结果"),
    Rule(
        "studio-title-lost",
        _W,
        "考核后不再保留称号的工作室还在展出",
        f"{STUDIOS} 第十条",
        "把状态改为撤下，或改正考核结果",
    ),
    Rule("studio-unrecorded", _N, "工作室的资料不够，有的条件没法核对", f"{STUDIOS} 第三条", "补上所说的字段"),
    Rule(
        "portrait-without-consent",
        _W,
        "有肖像，没有写明本人同意",
        "民法典 第一千零一十九条",
        "取得同意后在 consent 里写明；没有就撤下肖像",
    ),
    Rule(
        "person-unsourced",
        _W,
        "写了人名，没有出处也没有本人同意",
        "个人信息保护法 第十三条",
        "写明出处，或在 consent 里写明本人同意",
    ),
    Rule(
        "person-unlisted",
        _N,
        "写了人名，但没有写所在的公开荣誉名单",
        "个人信息保护法 第十三条",
        "写上荣誉或奖项，或在 consent 里写明本人同意",
    ),
    Rule("benefit-sum", _W, "效益的各部分加起来不等于总数", FESTIVAL, "核对分年效益和累计效益"),
    Rule("benefit-annual", _W, "年效益与累计效益或分年效益矛盾", FESTIVAL, "核对年效益、累计效益和统计年份"),
    Rule("benefit-unit", _W, "文字里的金额与字段差一个万或亿", FESTIVAL, "核对单位是万元还是亿元"),
    Rule("percent-wrong", _W, "前后数字与所写的百分比对不上", FESTIVAL, "重算百分比，或核对前后数字"),
    Rule(
        "project-twice", _W, "一件成果写成了两个条目", f"{HOUSE}：一件成果一个条目", "合成一个条目，旧编号写进 aliases"
    ),
    Rule(
        "project-two-names",
        _N,
        "两件成果像是同一件的两个名称",
        f"{HOUSE}：一件成果一个条目",
        "是同一件就合并，别名写进 publish_name",
    ),
    Rule(
        "project-two-editions",
        _W,
        "一件成果进了两个展期",
        f"{HOUSE}：一件成果一个展期",
        "留在其中一期；有新进展的，换个标题说明",
    ),
    Rule(
        "organisation-variants",
        _N,
        "像是同一家单位的几种写法",
        f"{HOUSE}：单位写全称",
        "建单位条目，把别的写法放进 names",
    ),
    Rule("edition-overlap", _W, "两个展期的收录年份重叠", f"{NONPUBLIC} 三（三）4", "改正其中一期的 years"),
    Rule("target-missed", _W, "计划期满，公布的数没有达到目标", f"{NONPUBLIC} 二", "核对数字；如实公布"),
    Rule("target-behind", _N, "计划期内，还没有达到目标", f"{NONPUBLIC} 二", "继续推进；有新数字就补进 reached"),
    Rule("target-unrecorded", _N, "目标没有公布过完成数", f"{NONPUBLIC} 二", "有公布的数字，就写进 reached，注明出处"),
    Rule("event-missed", _N, "按计划该定期办的活动没有记录", f"{NONPUBLIC} 三", "补上活动条目；没有办的如实说明"),
    Rule("demand-incomplete", _E, "要求写得不全，没法核对", DECLARED, "补上不少于、不多于或取值"),
)


def rule_named(name: str) -> Rule:
    """The rule of that code; KeyError where it is not in the table."""
    for rule in RULES:
        if rule.name == name:
            return rule
    raise KeyError(name)
