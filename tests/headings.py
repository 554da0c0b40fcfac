"""Every heading of the real forms, by form: the kind of entry that the form describes and the field that each heading fills.

From the forms of 上海职工优秀创新成果奖 (推荐汇总表), the award forms of Shanghai, Chongqing, Zhoukou, Wuhan
and Shaanxi, 合理化建议申报表, 先进操作法, “五小”,
技师创新工作室 (沪工技协〔2016〕1号), 工匠 forms, and the annexes of the seventh 上海职工科技节 (沪工总基〔2017〕153号).
``private`` and ``office`` are dropped and said; anything else is a path.
"""

PRIVATE, OFFICE = "private", "office"

FORMS: tuple[tuple[str, str, str], ...] = (
    (
        "推荐汇总表",
        "project",
        "序号=office 成果名称=title 所在部门=organisations 申报人姓名=people 推荐单位=union 联系人=private 联系电话=private",
    ),
    (
        "科学技术奖申报书",
        "project",
        "成果名称=title 项目名称=title 公布名=publish_name 项目类别=result_types 奖类=result_types 项目类别/奖类=result_types "
        "完成单位=organisations 单位性质=enterprise_type 主管部门=union 推荐部门（单位）=union 主要完成人=people 姓名=people.person "
        "性别=private 年龄=private 专业=office 职务或职称=office 参加起止时间=office 创造性贡献=people.role 学科分类=disciplines "
        "所属国民经济行业=industry 任务来源=task_source 项目起止时间=period 起始=period.start 完成=period.end 应用于生产时间=applied "
        "知识产权情况=patents 授权发明专利=patents 其他知识产权=patents 已获奖励情况=awards 获奖情况=awards "
        "主要创新点=innovation_points 主要进展和成效=effects 技术创新程度=innovation_level 主要技术经济指标=indicators "
        "应用和推广情况=application 经济效益=benefit 新增销售额=benefit.by_year.sales 新增利润=benefit.by_year.profit "
        "新增税收=benefit.by_year.tax 创收外汇=benefit.by_year.exports 节支总额=benefit.by_year.savings "
        "项目总投资额=benefit.investment 回收期=benefit.payback 社会效益=benefit.social 推荐意见=office 盖章=office 日期=office",
    ),
    ("陕西省职工科技节", "project", "项目类别=result_types 获奖情况=awards 第一完成人=people"),
    ("徐州博览会", "project", "图片说明=pictures.caption 专利证书=office 获奖证书=office"),
    ("徐州博览会", "craftsman", "绝技绝活=feat"),
    (
        "合理化建议申报表",
        "project",
        "建议名称=title 类别=result_types 是否实施=implemented 建议人=people 联系电话=private 提出单位=organisations 提出时间=year "
        "现状分析=problem 改进措施=measures 改进效果=effects 效益评估=benefit.note 基层单位推荐意见（盖章）=office "
        "评审委员会意见（盖章）=office",
    ),
    (
        "先进操作法",
        "method",
        "操作法名称=title 创造者=people 岗位/工种=trade 独创部分=essence 操作要领=key_points 一年以上实绩指标=record "
        "推广情况=application 级别=level",
    ),
    (
        "五小",
        "project",
        "成果名称=title 类别=result_types 申报单位=organisations 主要创新人员=people 解决的问题=problem 创新点=innovation_points "
        "实施效果=effects 经济效益=benefit",
    ),
    (
        "工作室申报表",
        "studio",
        "工作室名称=name 领衔人=leads 领衔人荣誉/技能等级=office 所在单位=organisations 所属工会=union 命名时间=levels.year "
        "命名机构=levels.by 级别=levels 类型=type 成员数=members_count 专业领域=field 攻关课题=topics 成果数=results_count "
        "专利数=patents_count 经济效益=benefit 带徒/培养人数=trained_count 联盟=alliance 日常活动台账=activities "
        "创新成果台账=results_ledger",
    ),
    (
        "工匠推荐表",
        "craftsman",
        "姓名=name 工作单位=organisation 岗位/工种=trade 技能等级或职称=skill_levels 从业年限=years_in_trade "
        "所获荣誉（名称+年份）=honours 批次/年度=honours.session 推荐工会=union 绝技绝活=feat 主要业绩（数字）=achievements "
        "专利/成果=achievements 带徒=apprentices 工作室=office 身份证号=private 出生年月日=private 电话=private 住址=private",
    ),
    (
        "活动项目申报表",
        "event",
        "申报单位=office 活动项目名称=title 主办单位=organisers 承办单位=undertakers 协办单位=co_organisers 举办时间=period "
        "举办地点=place 参加对象=audience 参加人数=participants 联系人姓名=private 联系电话=private 主要活动项目简介=summary",
    ),
)
"""Name of the form, kind of entry, ``heading=field`` in the order of the form."""

HABITS: tuple[tuple[str, str, str], ...] = (
    ("*成果名称\n（30字以内）", "project", "title"),
    ("成 果 名 称", "project", "title"),
    ("一、成果名称：", "project", "title"),
    ("１．成果名称（必填）", "project", "title"),
    ("成果（项目）名称", "project", "title"),
    ("完成单位（盖章）", "project", "organisations"),
    ("完成单位(按贡献大小排序)", "project", "organisations"),
    ("经济效益（万元）", "project", "benefit"),
    ("年经济效益\n单位：万元", "project", "benefit.annual"),
    ("2023年新增利润（万元）", "project", "benefit.by_year.profit"),
    ("第二完成人", "project", "people"),
    ("完成人3", "project", "people"),
    ("主要创新点（不超过3条，每条50字以内）", "project", "innovation_points"),
    ("获奖等级", "project", "awards.grade"),
    ("岗位（工种）", "method", "trade"),
    ("手机号码", "craftsman", PRIVATE),
    ("身份证号码（18位）", "craftsman", PRIVATE),
    ("电子信箱", "event", PRIVATE),
    ("家庭住址", "craftsman", PRIVATE),
    ("银行账号", "craftsman", PRIVATE),
    ("区（局、产业）工会审核意见", "project", OFFICE),
    ("备注", "project", OFFICE),
    ("曾获奖项", "project", "awards"),
    ("团队成员", "project", "people"),
    ("主要贡献", "project", "people.role"),
    ("经济和社会效益", "project", "benefit"),
    ("完成日期", "project", "period.end"),
    ("操作法简介", "method", "summary"),
    ("操作要点", "method", "key_points"),
    ("何时何地受过何种奖励", "craftsman", "honours"),
    ("何时何地受过何种处分", "craftsman", PRIVATE),
    ("简要事迹", "craftsman", "achievements"),
    ("工作简历", "craftsman", OFFICE),
    ("个人简介", "craftsman", "summary"),
    ("命名单位", "studio", "levels.by"),
    ("命名年份", "studio", "levels.year"),
    ("研究方向", "studio", "field"),
    ("攻关项目", "studio", "topics"),
    ("专利授权数", "studio", "patents_count"),
    ("创造经济效益（万元）", "studio", "benefit"),
    ("培养技能人才（人）", "studio", "trained_count"),
    ("活动内容", "event", "summary"),
)
"""The same headings as editors really type them."""
