"""The 34 provinces, autonomous regions, municipalities and special regions of China, by all their names.

Imports nothing of ours. Names after GB/T 2260 (中华人民共和国行政区划代码), abbreviations after the list of
the State Council (www.gov.cn, 中华人民共和国行政区划), in their order.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Province:
    """`short` is what people say (内蒙古), `full` the official name, `letters` the one-character forms."""

    short: str
    full: str
    letters: str
    english: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All spellings but the one-character forms, which are parts of other words; lower case."""
        kind = "自治区" if self.full.endswith("自治区") else ""
        return tuple(dict.fromkeys((self.full, f"{self.short}{kind}", self.short, *self.english)))


# short, full, letters, English
_TABLE = """
北京 北京市 京 beijing
天津 天津市 津 tianjin
河北 河北省 冀 hebei
山西 山西省 晋 shanxi
内蒙古 内蒙古自治区 蒙 inner mongolia,neimenggu
辽宁 辽宁省 辽 liaoning
吉林 吉林省 吉 jilin
黑龙江 黑龙江省 黑 heilongjiang
上海 上海市 沪申 shanghai
江苏 江苏省 苏 jiangsu
浙江 浙江省 浙 zhejiang
安徽 安徽省 皖 anhui
福建 福建省 闽 fujian
江西 江西省 赣 jiangxi
山东 山东省 鲁 shandong
河南 河南省 豫 henan
湖北 湖北省 鄂 hubei
湖南 湖南省 湘 hunan
广东 广东省 粤 guangdong
广西 广西壮族自治区 桂 guangxi
海南 海南省 琼 hainan
重庆 重庆市 渝 chongqing
四川 四川省 川蜀 sichuan
贵州 贵州省 贵黔 guizhou
云南 云南省 云滇 yunnan
西藏 西藏自治区 藏 tibet,xizang
陕西 陕西省 陕秦 shaanxi
甘肃 甘肃省 甘陇 gansu
青海 青海省 青 qinghai
宁夏 宁夏回族自治区 宁 ningxia
新疆 新疆维吾尔自治区 新 xinjiang
香港 香港特别行政区 港 hong kong
澳门 澳门特别行政区 澳 macau,macao
台湾 台湾省 台 taiwan
"""


def _read(line: str) -> Province:
    short, full, letters, english = line.split(" ", 3)
    return Province(short, full, letters, tuple(english.split(",")))


PROVINCES = tuple(map(_read, _TABLE.strip().splitlines()))
BY_NAME = {name: province for province in PROVINCES for name in province.names}
BY_LETTER = {letter: province for province in PROVINCES for letter in province.letters}
