"""Makes an exhibition with an entry of every kind and most fields filled; recognisably made up."""

import json
from pathlib import Path

from small import PLAIN, project, write

ADDRESS = "https://exhibition.example/zhan/"
SETTINGS = {
    "name": "样本网上展",
    "short_name": "样本展",
    "url": ADDRESS,
    "organiser": "样本总工会",
    "published": "2026-11-21",
    "description": "样本说明。",
}
SECRET = "不得公开的样本文字"
HOSTILE = "样本</script><script>alert(1)</script>\u2028&"
_PROJECT = {
    "edition": "'2024'",
    "year": "'2023'",
    "people": "\n  - {person: yang-ben-ren, role: 主创}\n  - 样本乙\n  - 样本丙\n  - 样本丁",
    "organisations": "\n  - {organisation: yang-ben-chang, role: 完成}\n  - 样本二厂",
    "awards": "\n  - {award: yang-ben-jiang, grade: 一等奖, session: 第三届, year: 2023}",
    "studio": "yang-ben-shi",
    "team": "yang-ben-zu",
    "union": "yang-ben-hui",
    "industry": "样本行业",
    "region": "样本区",
    "result_types": "[样本类型]",
    "tags": "[样本标签甲, 样本标签乙]",
    "summary": "样本简介。",
    "updated": "'2025-03-04'",
    "consent": SECRET,
    "sources": f"\n  - {{title: 样本报道, outlet: 样本报, date: 2024, url: 'https://example.org/{SECRET}'}}",
}
ENTRIES = PLAIN | {
    "projects/2024/yang-ben-jia.md": project(title="样本甲成果", **_PROJECT),
    "projects/2026/yang-ben-yi.md": project(
        title=json.dumps(HOSTILE), edition="'2026'", year="'2025'", aliases="[jiu-hao]"
    ),
    "projects/2026/yang-ben-gong-shi.md": project(
        title="样本公示成果",
        status="公示",
        edition="'2026'",
        awards="\n  - {award: yang-ben-jiang, grade: 保密等级, year: 2025}",
    ),
    "projects/2026/yang-ben-che.md": project(title="样本撤下成果", status="撤下", edition="'2026'"),
    "methods/yang-ben-fa.md": project(
        title="样本操作法",
        people="yang-ben-ren",
        steps="\n  - {title: 头一步, text: 样本操作一, point: 样本要领}\n  - 样本操作二",
    ),
    "craftsmen/yang-ben-ren.md": (
        "---\nname: 样本人\norganisation: yang-ben-chang\ntrade: 样本工\nskill_levels: [样本技师]\nunion: yang-ben-hui\n"
        "honours:\n  - {honour: 样本工匠, year: 2022}\nfeat: 样本绝技\ntags: [样本标签丙]\nsources: 样本来源\n---\n"
    ),
    "studios/yang-ben-shi.md": (
        "---\nname: 样本工作室\nleads: [yang-ben-ren]\norganisations: [yang-ben-chang]\nunion: yang-ben-hui\n"
        "region: 样本区\nfounded: 2019-05\nfield: 样本领域\nmembers: [样本乙]\ntags: [样本标签丁]\nsources: 样本来源\n---\n"
    ),
    "bases/yang-ben-ji-di.md": "---\nname: 样本基地\norganisations: [样本二厂]\nsources: 样本来源\n---\n",
    "teams/yang-ben-zu.md": "---\nname: 样本班组\nleader: yang-ben-ren\nmembers: [样本乙]\nsources: 样本来源\n---\n",
    "awards/yang-ben-jiang.yml": (
        "name: 样本奖\nshort_name: 样奖\norganisers: [样本总工会]\nsince: 2010\nregion: 样本区\nlevel: 市级\nsources: 样本来源\n"
    ),
    "plans/yang-ben-ji-hua.yml": (
        "title: 样本计划\nissuers: [样本总工会]\ndate: 2024-01-02\nregion: 样本区\nsources: 样本来源\n"
    ),
    "events/yang-ben-zhan-lan.md": (
        "---\ntitle: 样本展览\nkind: 展览\nseries: 样本科技节\nperiod: {start: 2024-05-06, end: 2024-05-08}\nplace: 样本馆\n"
        "organisers: [yang-ben-hui]\nundertakers: [样本承办单位]\nsources: 样本来源\n---\n"
    ),
    "organisations/yang-ben-chang.yml": (
        "name: 样本一厂\nshort_name: 样一\nnames: [样本老厂]\nparent: 样本集团\nunion: yang-ben-hui\nregion: 样本区\n"
        f"website: https://example.org/{SECRET}\n"
    ),
    "unions/yang-ben-hui.yml": "name: 样本区工会\nnames: [样本会]\nparent: 样本总工会\nregion: 样本区\n",
    "stories/yang-ben-zhuan-ti.md": (
        "---\ntitle: 样本专题\nsubtitle: 样本副题\nauthor: 样本作者\ndate: 2026-10\nsummary: 样本导语。\nsources: 样本来源\n---\n\n"
        "样本正文。\n"
    ),
}


def with_everything(root: Path) -> Path:
    """The entries under ``root/content``."""
    return write(root, dict(ENTRIES))
