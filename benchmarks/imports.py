"""A number of rows comes in; what importing a workbook of so many costs goes out: wall and processor seconds, memory at the highest.

    python benchmarks/imports.py --rows 5000 20000

The command runs in a process of its own, in an empty exhibition; memory is what Linux calls VmHWM.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

HEAD = ["序号", "成果名称", "完成单位", "主要完成人", "应用时间", "成果简介", "创新点", "经济效益（万元）", "联系电话"]
RUN = """
import sys
from site_builder.cli import cli
try:
    cli(sys.argv[1:])
finally:
    print(open("/proc/self/status").read(), file=sys.stderr)
"""


def table(path: Path, rows: int) -> Path:
    """A summary table of made-up results of seven hundred units, each with a paragraph."""
    book = Workbook(write_only=True)
    page = book.create_sheet("成果")
    page.append(["样本汇总表"])
    page.append(HEAD)
    text = "解决了样本问题，提高了样本效率。" * 10
    for number in range(rows):
        people = f"样本甲{number % 900}（主创）、样本乙{number % 800}"
        what = [number + 1, f"样本成果第{number}号装置改造", f"样本{number % 700}厂", people, "2024年5月"]
        page.append(
            [*what, f"样本简介{number}{text}", f"样本创新{number}；样本创新二", str(number % 500 + 1), "不公开"]
        )
    book.save(path)
    return path


def measured(house: Path, rows: int) -> str:
    """One import, in words."""
    root = house / f"zhan-{rows}"
    (root / "content/editions").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: 样本\nplugins: [exhibition]\n", encoding="utf-8")
    (root / "content/editions/2026.yml").write_text("title: 样本展期\n", encoding="utf-8")
    words = ["import", str(table(house / f"{rows}.xlsx", rows)), "--edition", "2026", "--root", str(root)]
    before, began = os.times(), time.perf_counter()
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, encoding="utf-8", check=True)
    wall, after = time.perf_counter() - began, os.times()
    user, system = after.children_user - before.children_user, after.children_system - before.children_system
    peak = re.search(r"VmHWM:\s+(\d+)", done.stderr)
    written = len(list((root / "content/projects/2026").iterdir()))
    memory = int(peak[1]) // 1024 if peak else 0
    return f"{rows:>7} rows  {written:>7} files  {wall:6.1f} s wall  {user:6.1f} s user  {system:5.1f} s system  {memory:>5} MB"


def main() -> None:
    """A line for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="+", type=int, default=[5_000, 20_000])
    with tempfile.TemporaryDirectory() as house:
        for rows in parser.parse_args().rows:
            print(measured(Path(house), rows), flush=True)


if __name__ == "__main__":
    main()
