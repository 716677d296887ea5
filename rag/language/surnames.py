"""The form of a Chinese person's name: surnames, what only looks like one, and where a name ends.

May import nothing.
"""

import re

# The commonest surnames of today and the rarer ones of the book of hundred surnames; without those that are
# everyday words far more often than names (从, 能, 都, 后, 有, 单, 关).
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文施洪章鲁俞娄祝项"
    "车葛樊习向申路严华岳齐梅莫庄辛管柴蒙鲍阮柯房裘缪干解应宗翁荣毕郎包左卞费涂裴季凌霍虞柳童谷耿舒屈盛查楼"
    "巩戚邢骆甘尤詹滕温褚岑桂卓蔺牛闫佟臧饶祁"
    "殷蓝倪游肖欧丘占芦苗靳晏桑冉尚邬戎聂覃匡寇敖辜郜鄢隋冀逯阚麻巫佘揭撖宁焦喻曲柏窦卫谌糜荀於晁狄宿韦茹艾"
    "廉鞠须巢蒯荆逄濮郗班仰仲伊宓郁瞿咸籍邰鄂粟闵郏卿迟练褟仝冼乌储印米吉"
)
COMPOUND = (
    "欧阳|上官|司马|诸葛|皇甫|夏侯|尉迟|公孙|慕容|司徒|令狐|宇文|长孙|澹台|淳于|申屠|轩辕|端木|呼延|万俟|独孤"
)
_NOT_NAMES = (
    "高[度质效水标新]|项目|方[面案式便向]|任[务何]|金[融额]|万[元人亩]|程[序度]|周[边期年]|文[件明化旅]|施[工行]|常[态委务]|顾[问客]|"
    "龙头|于是|车[辆站位库间道]|习[惯总]|向[上下前导]|路[口线段]|严[格厉肃]|华[人侨]|管[理委控]|解[决放读]|应[当该急对]|查[看处办]|"
    "房[屋产价]|干[部净事]|石[油头]|江[河南]|申[请报]|梅花|宗[旨教]|包[括含]|白[天色]|盛[会大]|谷歌|左右|金额|"
    "印[发制象]|米[亩粒]|乌鲁|宁[夏波]|尚[未需]|占[比据地用]|游[客玩览戏]|储[备能存]|吉林|练[习就]|伊始|班子|迟到|卫[生星]|须[要知在]"
)
NAME = (
    rf"(?:{COMPOUND}|(?!{_NOT_NAMES})[{_SURNAMES}])"
    r"[\u4e00-\u9fff](?:(?!副|常[务委])[\u4e00-\u9fff])?"
)
# A name of another form, as some peoples have: it stands apart, and what follows shows that it is one.
APART = (
    r"[\u4e00-\u9fff]{2,6}(?:[·•][\u4e00-\u9fff]{1,8})?"
    r"(?=\s*$|同志|\s*(?:在[^，。]{2,40}上)?(?:作|所作|代表)[^，。]{0,12}报告)"
)
# What goes on after a name, so that whatever stands before it is its end.
_GOES_ON = re.compile(
    r"同志|先生|女士|院士|教授|团队|所?作(?:[了专题出]|的?(?:政府)?(?:工作)?报告)|主持|代表|出席|率|赴|在|向|对|就|[，。、；：,;:!?！？（）()\s“”]|$"
)
# What no name ends in, and what few do and often begins the next word: 局长黄仁要求.
NEVER = frozenset("的在和与及等将说指讲称到对即也就是")
_SELDOM = frozenset("要强介认提表带出主做作参牵负分来区市省县局为代率")


def name_length(text: str, start: int, whole: str, ends: frozenset[int]) -> int:
    """How many characters of `whole`, the longest that may be one name at `start` of a text, are.

    `ends` are the lengths at which words end there by the dictionary, which few names stand in: what
    follows, and how the text goes on elsewhere after the shorter name, count for more.
    """
    length, shorter = len(whole), len(whole) - 1
    if shorter < (3 if re.match(COMPOUND, whole) else 2):
        return length
    if whole[-1] in NEVER:
        return shorter
    goes_on = _GOES_ON.match(text, start + length) is not None
    if whole[-1] in _SELDOM:
        # 张永强在会上 is 张永强; 黄仁强调 and 黄仁作报告 are 黄仁.
        return length if goes_on else shorter
    others = text.count(whole[:shorter]) - text.count(whole)
    if goes_on or (others == 0 and text.count(whole) > 1):
        return length
    return shorter if others or (length not in ends and shorter in ends) else length
