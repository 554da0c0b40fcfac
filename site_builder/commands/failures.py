"""What the disk or a template refused comes in; one line that says what and where goes out."""

import errno
import traceback

from jinja2 import TemplateError, TemplateSyntaxError


def words_for(fault: OSError | TemplateError) -> str:
    """For people, who can mend a path, a permission or a template but not read a traceback."""
    if isinstance(fault, TemplateError):
        return f"模板有误：{_template_place(fault)}{fault.message}"
    return f"写不进或读不出 {fault.filename2 or fault.filename or '文件'}：{_reason(fault)}"


def _template_place(fault: TemplateError) -> str:
    if isinstance(fault, TemplateSyntaxError):
        return f"{fault.filename or fault.name}:{fault.lineno} "
    places = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.endswith(".html")]
    return f"{places[-1].filename}:{places[-1].lineno} " if places else ""


def _reason(fault: OSError) -> str:
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return "没有写入的权限"
    if isinstance(fault, (NotADirectoryError, FileExistsError)):
        return "路径中间有一个文件，不是目录"
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘满了"
    return fault.strerror or type(fault).__name__
