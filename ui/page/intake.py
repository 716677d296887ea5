"""The panel that takes files into the library: what it accepts and says; the browser's part is in intake.js.

May import ingest's table of formats.
"""

from html import escape

from ingest.loading import LOADERS

# An archive is no format of its own: its files are taken in one by one.
ACCEPTED = (*LOADERS, ".zip")
_MEGABYTE = 1024 * 1024

BUTTON = '<button type="button" id="add">上传文件</button>'


def intake_markup(most_bytes: int) -> str:
    """The panel; `most_bytes` is how large one file may be."""
    kinds = "、".join(suffix.removeprefix(".") for suffix in ACCEPTED)
    return (
        '<dialog id="intake" aria-labelledby="intake-title"><div class="bar">'
        '<h2 id="intake-title">上传文件</h2>'
        '<button type="button" class="close" aria-label="关闭">×</button></div>'
        f'<label class="drop"><input type="file" multiple accept="{escape(",".join(ACCEPTED))}">'
        "<span><b>选择文件</b>，或拖到这里</span></label>"
        f'<p class="help">支持 {escape(kinds)}；单个文件不超过 {_size(most_bytes)}。'
        "同名文件以后上传的为准；压缩包里的文件逐个收入。</p>"
        '<ol class="jobs" aria-live="polite"></ol></dialog>'
    )


def _size(count: int) -> str:
    return f"{count // _MEGABYTE} MB" if count >= _MEGABYTE else f"{count:,} 字节"
