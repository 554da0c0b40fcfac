"""The words of a heading come in; whether its column is private or the office's own, and why it is dropped, go out."""

import re

_PRIVATE: tuple[tuple[str, str], ...] = (
    (r"身份证|证件号|护照|社保号|工会会员证|工号$|员工编号", "个人证件号码"),
    (r"电话|手机|联系方式|传真|座机|邮箱|电子邮件|电子信箱|email|微信|qq|联系人|联络人|联络员|通讯员", "联系方式"),
    (r"住址|地址|户籍|邮编|邮政编码|籍贯", "住址"),
    (r"出生|生日|年龄|^性别|民族|政治面貌|婚姻|健康|照片编号|入党|参加工作时间|工作年月", "个人情况"),
    (r"受过何种处分|处分情况|违纪|家庭成员|社会关系", "个人情况"),
    (r"学历|学位|毕业|教育程度|文化程度", "个人情况"),
    (r"银行|卡号|账号|帐号|开户|收款|工资|年薪|纳税人|信用代码", "银行和收入"),
)
_OFFICE: tuple[tuple[str, str], ...] = (
    (r"意见|审核|审批|审查|评审|评委|初审|复审|初评|终评|得分|评分|打分|分数|投票|票数", "审批和评审用"),
    (r"盖章|公章|签章|签字|签名|签发|^日期$|年月日|填表|填报|制表|经办|报送|申报日期|公示情况|承诺", "签章和填报用"),
    (
        r"^(?:序号?|编号|项目编号|申报编号|受理编号|档案号|no|序列|排序|顺序号|备注|附件|附件材料|证明材料|材料)$",
        "办理用",
    ),
    (
        r"^(?:专业|职务|职务或职称|职务职称|职称|工作室|申报单位|行政职务|职务职务|现任职务|专业技术职务|技术职称|参加起止时间|参加时间|工作起止时间|本人签名)$",
        "展览不收",
    ),
    (r"^(?:个人|工作|学习|主要)*(?:简历|工作经历|学习经历)$", "展览不收"),
    (r"^领衔人荣誉|^领衔人.*等级|^领衔人职务", "写在领衔人自己的人物条目里"),
    (
        r"^(?:专利证书|获奖证书|佐证材料|公示证明|成员证明|获奖证明|实物|样品|ppt|视频材料)$",
        "材料目录，请把文件放在同一个文件夹里",
    ),
)


def private_reason(key: str) -> str:
    """Why a column of this heading must not be published; empty where it may."""
    return _reason(_PRIVATE, key)


def office_reason(key: str) -> str:
    """Why a column of this heading is of no use to an exhibition; empty where it may be."""
    return _reason(_OFFICE, key)


def _reason(table: tuple[tuple[str, str], ...], key: str) -> str:
    return next((reason for pattern, reason in table if re.search(pattern, key)), "")
