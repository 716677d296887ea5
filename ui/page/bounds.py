"""The line that says where is looked, and the panel that chooses it; the browser's part is in bounds.js.

Imports nothing of ours: what there is to choose the browser asks for when the panel opens.
"""

MARKUP = (
    '<div id="within"><button type="button" id="choose">限定范围</button>'
    '<ul class="chosen" aria-label="已限定的范围"></ul></div>'
    '<dialog id="bounds" aria-labelledby="bounds-title"><div class="bar">'
    '<h2 id="bounds-title">限定范围</h2>'
    '<button type="button" class="close" aria-label="关闭">×</button></div>'
    '<p class="help">只在选中的范围里找答案；什么都不选就在全部文件里找。</p>'
    '<fieldset data-kind="years"><legend>年份</legend><div class="options"></div></fieldset>'
    '<fieldset data-kind="kinds"><legend>文种</legend><div class="options"></div></fieldset>'
    '<fieldset data-kind="issuers"><legend>发文机关</legend>'
    '<input type="search" name="issuer" maxlength="200" placeholder="输入机关名称查找" aria-label="查找机关">'
    '<div class="options"></div></fieldset>'
    '<fieldset data-kind="document_ids"><legend>文件</legend>'
    '<input type="search" name="title" maxlength="200" placeholder="输入标题查找" aria-label="查找文件">'
    '<div class="options"></div><p class="more"></p></fieldset>'
    '<div class="ends"><button type="button" class="none">全部清除</button>'
    '<button type="button" class="done">确定</button></div></dialog>'
)
