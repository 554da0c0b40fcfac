"""The door for people: the command ``exhibition``."""

import os

import click

from site_builder.commands.lazily import LazyGroup
from site_builder.commands.leaving import leave
from site_builder.commands.tongue import speak_chinese


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    package_name="workers-exhibition", prog_name="exhibition", message="%(prog)s %(version)s", help="显示版本。"
)
def cli() -> None:
    """职工技术创新成果网上展：从 content/ 里的条目建成网站。

    \b
    例：
      exhibition init 我的展览      新建一个展览
      exhibition new project        新建一个条目
      exhibition check              检查全部内容
      exhibition edit               在浏览器里编辑
      exhibition serve              边改边看
      exhibition build              建成网站
      exhibition import 汇总表.xlsx  从汇总表、申报表导入
      exhibition undo               撤回上一次导入
      exhibition template 成果 -o 申报表.xlsx    做空白申报表
      exhibition export -o 汇总.xlsx             导出汇总表
      exhibition harvest 网址         从别的展览汇集
      exhibition audit site                      检查建成的网站
      exhibition federate 名单.txt    各地展览一起检索
      exhibition deploy /srv/zhan                上线
      exhibition pack 2026 -o 展览.zip           打包离线版
      exhibition kiosk 2026 --open               展厅触摸屏
      exhibition freeze 2024 -o 归档/2024        归档一个展期
      exhibition verify 归档/2024                核对归档
      exhibition diff 归档/2024 2024             比较两次的内容
      exhibition withdraw zhang-san --dry-run    撤下一个人或条目
      exhibition register -o 私有/登记.xlsx      个人信息登记表
      exhibition labels --edition 2026 -o 展签.pdf    印展签
      exhibition catalogue 2026 -o 图录.pdf      印图录
    """


def main() -> None:
    """Runs the command line; exit codes are 0 fine, 1 problems, 2 usage."""
    speak_chinese()
    # to look for others' plugins among all that is installed takes longer than all that Pydantic does in an edit
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        cli(prog_name="exhibition")
    except SystemExit as ended:
        leave(ended)
    except (OSError, MemoryError) as fault:
        # what no command foresaw of the disk; whoever gets this far may wait for its words
        from site_builder.commands.failures import words_for

        click.echo(f"错误：{words_for(fault)}。", err=True)
        leave(SystemExit(1))


if __name__ == "__main__":
    main()
