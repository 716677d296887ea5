"""How a specimen is laid out on paper: page, columns, type, paragraphs, running heads.

Imports nothing of ours.
"""

from dataclasses import dataclass

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
# All in millimetres: the margin on each side, the gap between columns, the paper's width and height.
MARGIN, GAP = 20, 8
PAPERS = {"A4": (210, 297), "A3": (297, 420), "A4 横": (297, 210), "A3 横": (420, 297)}


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set a document; `name` is how the table calls it.

    `size` is in points, `leading` a multiple of it. Paragraphs are set apart by an indent of two
    characters, or (`spaced`) by white space. `across` lets the title run over all columns; `running`
    prints the title above and `foot` with the number of the page below each page, on `facing` pages
    outside, and other words above the left ones. `notes` is the first mark of a footnote, in the form
    that OpenDocument has for it; tables have lines if `ruled`.
    """

    name: str
    columns: int = 1
    paper: str = "A4"
    font: str = SERIF
    size: float = 12
    leading: float = 1.5
    spaced: bool = False
    justified: bool = True
    across: bool = True
    running: bool = True
    foot: str = "— {} —"
    facing: bool = False
    notes: str = "①, ②, ③, ..."
    ruled: bool = True

    @property
    def page(self) -> tuple[int, int]:
        """Width and height of the page in millimetres."""
        return PAPERS[self.paper]

    @property
    def measure(self) -> int:
        """Width of a column in whole millimetres."""
        return (self.page[0] - 2 * MARGIN - (self.columns - 1) * GAP) // self.columns


ONE = Layout("单栏缩进")
SPACED = Layout("单栏空行", font=SANS, size=11, spaced=True, justified=False)
LARGE = Layout("公文大字", size=16, leading=1.75)
TWO = Layout("双栏", columns=2, size=10.5)
TWO_SPACED = Layout("双栏空行", columns=2, font=SANS, size=10, spaced=True)
THREE = Layout("三栏 A3 横", columns=3, paper="A3 横", size=10.5)
THREE_NARROW = Layout("三栏 A4 横", columns=3, paper="A4 横", font=SANS, size=9, leading=1.4)
INSIDE = Layout("双栏题在栏内", columns=2, size=10.5, across=False)
WIDE = Layout("横向", paper="A4 横", font=SANS, size=11)
FOOTNOTES = Layout("脚注", size=11)
TABLE = Layout("表格", size=10.5)
NEWSPAPER = Layout("报纸版面", columns=4, paper="A3", size=10, leading=1.4)
LONG_TITLE = Layout("多行标题", size=14)
LIST = Layout("自动编号")
OFFICIAL = Layout("公文格式", size=16, leading=1.75, running=False)
FACING = Layout("双面页眉 第X页共Y页", size=11, foot="第 {} 页 共 {} 页", facing=True)
DIGITS = Layout("脚注 1 2 3", size=11, notes="1", foot="{}")
TWO_NOTES = Layout("双栏脚注", columns=2, size=10.5, notes="1", across=False)
UNRULED = Layout("无线表格", size=10.5, ruled=False)
TWO_TABLE = Layout("双栏表格", columns=2, size=9)
NEWSPAPER_FIVE = Layout("报纸版面五栏", columns=5, paper="A3", font=SANS, size=9, leading=1.4)
