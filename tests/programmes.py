"""A small made-up exhibition of programmes: a reviewed kind of studio, two studios, a base, a team, a method, people, unions, events."""

from __future__ import annotations

VOCABULARIES = {
    "vocabularies/studio-types.yml": "title: 工作室类型\nterms: [样本技师工作室, 样本工匠工作室]\n",
    "vocabularies/levels.yml": "title: 级别\nterms: [样本国家级, 样本市级, 样本区级]\n",
    "vocabularies/review-outcomes.yml": "title: 考核结果\nterms: [合格, {label: 不再保留, aliases: [撤销]}]\n",
    "vocabularies/union-levels.yml": "title: 工会层级\nterms: [样本市总, 样本区局, 样本基层]\n",
    "vocabularies/skill-levels.yml": "title: 技能等级\nterms: [{label: 技师, rank: 5}, {label: 高级技师, rank: 6}]\n",
    "vocabularies/event-levels.yml": "title: 层级\nterms: [市级, 区局, 基层]\n",
    "vocabularies/industries.yml": "title: 行业\nterms: [样本业]\n",
    "vocabularies/regions.yml": "title: 地区\nterms: [样本市]\n",
}
STUDIO_AWARD = """
name: 样本技师工作室称号
level: 样本市级
studio_types: [样本技师工作室]
demands:
  - {measure: 管理周期, most: 3年, document: 样本文件, article: 第十条}
  - {measure: 不再保留的考核结果, values: [撤销], document: 样本文件, article: 第十条}
"""
STUDIO = """
---
name: 样本甲工作室
type: 样本技师工作室
leads: [yang-ben-shi-fu]
union: ji-ceng
levels: [{level: 样本市级, year: 2016}]
reviews: [{year: 2019, outcome: 合格}]
members: [yang-ben-tu-di]
figures: [{value: 3, unit: 项, label: 样本专利}]
subsidies: [yang-ben-cheng-guo]
activities:
  - {date: 2020-05-03, title: 样本活动甲}
  - {date: 2021-06, title: 样本活动乙, note: 样本备注}
results_ledger:
  - {date: 2021-03-04, title: 样本台账成果, project: yang-ben-cheng-guo}
sources: 样本来源
---
"""
OTHER_STUDIO = """
---
name: 样本乙工作室
type: 样本技师工作室
levels: [{level: 样本市级, year: 2015}, {level: 样本国家级, year: 2020}]
reviews: [{year: 2018, outcome: 撤销}]
sources: 样本来源
---
"""
METHOD = """
---
title: 样本操作法
edition: 2024
people: [yang-ben-shi-fu]
essence: 样本独创
steps:
  - {title: 样本第一步, text: 样本做法甲, point: 样本要领甲}
  - 样本做法乙
key_points: [样本要领]
indicators: [{name: 样本工时, before: 4小时, after: 2小时}]
sources: 样本来源
---
"""
PEOPLE = {
    "craftsmen/yang-ben-shi-fu.md": """
---
name: 样本师傅
trade: 样本焊工
industry: 样本业
region: 样本市
organisation: 样本一厂
union: ji-ceng
skill_levels: [高级技师]
honours: [{honour: 样本工匠称号, session: 第一批, year: 2015}, {honour: 样本劳模称号, year: 2020}]
apprentices: [yang-ben-tu-di, 样本无条目]
sources: 样本来源
---
""",
    "craftsmen/yang-ben-tu-di.md": """
---
name: 样本徒弟
trade: 样本焊工
skill_levels: [技师]
mentor: yang-ben-shi-fu
honours: [{honour: 样本工匠称号, session: 第二批, year: 2020}]
sources: 样本来源
---
""",
    "craftsmen/yang-ben-tu-sun.md": "---\nname: 样本徒孙\nmentor: yang-ben-tu-di\nsources: 样本来源\n---\n",
}
UNIONS = {
    "unions/shi-zong.yml": "name: 样本市总工会\nlevel: 样本市总\n",
    "unions/qu-ju.yml": "name: 样本区总工会\nlevel: 样本区局\nparent: shi-zong\n",
    "unions/ji-ceng.yml": "name: 样本厂工会\nlevel: 样本基层\nparent: qu-ju\n",
}
RESULTS = {
    "projects/2024/yang-ben-cheng-guo.md": """
---
title: 样本成果甲
edition: 2024
year: 2023
people: [yang-ben-shi-fu, yang-ben-tu-di]
organisations: [样本一厂]
union: ji-ceng
studio: yang-ben-jia
industry: 样本业
awards: [{award: yang-ben-jiang, grade: 一等奖, session: 第二届, year: 2023}]
sources: 样本来源
---
""",
    "projects/2026/yang-ben-cheng-guo-yi.md": """
---
title: 样本成果乙
edition: 2026
year: 2025
people: [yang-ben-shi-fu]
organisations: [样本一厂]
union: qu-ju
studio: yang-ben-jia
awards: [{award: yang-ben-jiang, grade: 二等奖, session: 第三届, year: 2025}]
sources: 样本来源
---
""",
}
AWARD = """
name: 样本成果奖
cadence: 2
grades: [{name: 一等奖, rank: 1, quota: 2, prize: 10万元}, {name: 二等奖, rank: 2, quota: 4, prize: 5万元}]
sessions:
  - {name: 第三届, year: 2025, entries: 200, winners: 6, nonpublic_entries: 150, nonpublic_winners: 2}
  - {name: 第二届, year: 2023, entries: 100, winners: 6}
"""
EVENTS = {
    "events/ke-ji-jie.md": """
---
title: 样本科技节
series: 样本科技节
session: 第二届
period: {start: 2025-05-22, end: 2025-06-02}
place: 样本会场
organisers: [样本市总工会]
level: 市级
agenda: [{time: 5月22日, title: 样本开幕式}]
participants: 约300人
results: [yang-ben-cheng-guo]
figures: [{value: 12, unit: 场, label: 样本活动}]
sources: 样本来源
---
""",
    "events/qu-huo-dong.md": """
---
title: 样本区活动
series: 样本科技节
session: 第二届
period: {start: 2025-05}
organisers: [样本区总工会]
level: 区局
sources: 样本来源
---
""",
}
EXHIBITION = {
    **{f"editions/{year}.yml": f"title: {year} 样本展期\nyears: '{year - 1}'\n" for year in (2024, 2026)},
    **VOCABULARIES,
    **PEOPLE,
    **UNIONS,
    **RESULTS,
    **EVENTS,
    "awards/yang-ben-ji-shi.yml": STUDIO_AWARD,
    "awards/yang-ben-jiang.yml": AWARD,
    "studios/yang-ben-jia.md": STUDIO,
    "studios/yang-ben-yi.md": OTHER_STUDIO,
    "methods/yang-ben-cao-zuo-fa.md": METHOD,
    "bases/yang-ben-ji-di.md": "---\nname: 样本基地\nlevels: [样本市级]\nunion: ji-ceng\nsources: 样本来源\n---\n",
    "teams/yang-ben-ban-zu.md": "---\nname: 样本班组\nleader: 样本班长\nmembers: [样本组员]\nsources: 样本来源\n---\n",
}
"""Every kind that programmes concern, tied to one another."""
