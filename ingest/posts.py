"""The posts that people sign and speak with, one list for every line that names one.

May import nothing.
"""

_BODY = "党委|党组|党工委|党总支|党支部|分党组|机关党委"
_DEPUTY = "(?:常务|第一|执行|代理|代|总|名誉)?副?"
_HEADS = (
    "总书记|书记|总理|局长|主任|理事长|主席|区长|市长|县长|省长|州长|旗长|盟长|专员(?!公署)|镇长|乡长|部长|处长|科长|院长|校长|会长"
    "|秘书长|检察长|行长|总经理|董事长|经理|所长|站长|支队长|大队长|总队长|队长|政委|组长|巡视员|调研员|党组成员|党委委员"
    "|常委(?!会)|厅长|司长|署长|台长|馆长|社长|总裁|总监|园长|街道长|负责人"
)
# A post as it is written: 党委副书记, 常务副省长, 代理主席.
POST = rf"(?:{_BODY})?{_DEPUTY}(?:{_HEADS})"
