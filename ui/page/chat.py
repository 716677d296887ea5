"""The chat page as Gradio blocks: a conversation, and beside it the sources of the last answer.

May import the conversation and the API's application; the only module that imports gradio.
"""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import gradio as gr

from rag.settings import Settings
from ui.api.app import WebApplication
from ui.api.beside import step_aside
from ui.page.bounds import MARKUP as BOUNDS
from ui.page.conversation import Conversation, Talk, View
from ui.page.intake import intake_markup
from ui.page.markup import HEADER, WELCOME, log_markup
from ui.service import Service

FONT = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
EXAMPLES = (
    "哪个部门牵头推进既有住宅加装电梯？",
    "2024年固定资产投资目标是多少？",
    "区民政局2024年牵头哪些工作？",
    "区财政局党委书记是谁？",
)
_STYLE = Path(__file__).parent / "style.css"
_SCRIPTS = [Path(__file__).parent / name for name in ("page.js", "intake.js", "bounds.js")]
_ASKED_AT_ONCE = 8
# What is chosen in the browser goes along with the question, as the last of what a call takes.
_WITH_SCOPE = "(...taken) => [...taken.slice(0, -1), window.zhiyin.scope()]"

Outputs = tuple[str, Talk, str, str]


def mount(app: WebApplication, service: Service, settings: Settings) -> None:
    """Put the page at `/` of the application, behind the API."""
    # Where no event loop runs, Gradio makes some of its own and never closes them.
    asyncio.run(_mount(app, service, settings))
    step_aside(app)


async def _mount(app: WebApplication, service: Service, settings: Settings) -> None:
    gr.mount_gradio_app(
        app,
        build(service, settings),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(primary_hue="stone", neutral_hue="stone", font=FONT, font_mono=("monospace",)),
        css_paths=[_STYLE],
        js=_script(),
    )


def _script() -> str:
    """Each script is a function; the page runs them one after another when it is there."""
    calls = (f"({script.read_text(encoding='utf-8').strip()})();" for script in _SCRIPTS)
    return f"() => {{ {' '.join(calls)} }}"


def build(service: Service, settings: Settings) -> gr.Blocks:
    """The page, before anything was asked."""
    conversation = Conversation(service)
    with gr.Blocks(title="知引 · 中文文档问答", analytics_enabled=False, fill_width=True) as page:
        talk = gr.State(Talk())
        scope = gr.Textbox(visible=False)
        gr.HTML(HEADER, elem_id="top")
        gr.HTML(intake_markup(settings.file_bytes), elem_id="panel")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                log = gr.HTML(log_markup(()), elem_id="log")
                with gr.Row(elem_id="examples"):
                    examples = [gr.Button(text, size="sm") for text in EXAMPLES]
                gr.HTML(BOUNDS, elem_id="where")
                with gr.Row(elem_id="ask"):
                    box = _question_box(settings.question_characters)
                    clear = gr.Button("清空", elem_id="clear")
            with gr.Column(elem_id="side"):
                sources = gr.HTML(WELCOME, elem_id="sources")
        outputs = [box, talk, log, sources]
        options = {
            "outputs": outputs,
            "show_progress": "hidden",
            "concurrency_limit": _ASKED_AT_ONCE,
            "concurrency_id": "ask",
            "api_visibility": "private",
            "js": _WITH_SCOPE,
        }
        asked = [box.submit(partial(_answer, conversation), [box, talk, scope], **options)]
        for button, text in zip(examples, EXAMPLES, strict=True):
            asked.append(button.click(partial(_answer, conversation, text), [talk, scope], **options))
        clear.click(_cleared, None, outputs, cancels=asked, queue=False, api_visibility="private")
    page.queue(default_concurrency_limit=_ASKED_AT_ONCE, api_open=False)
    return page


def _question_box(longest: int) -> gr.Textbox:
    return gr.Textbox(
        label="问题",
        show_label=False,
        container=False,
        placeholder="输入问题，按回车提问",
        max_length=longest,
        max_lines=6,
        autofocus=True,
        submit_btn="提问",
        elem_id="question",
    )


def _answer(conversation: Conversation, question: str, talk: Talk, scope: str) -> Iterator[Outputs]:
    if not question.strip():
        yield question, talk, gr.skip(), gr.skip()
        return
    for view in conversation.answer(question, talk, scope):
        yield _outputs(view)


def _cleared() -> Outputs:
    return _outputs(View(Talk(), WELCOME))


def _outputs(view: View) -> Outputs:
    return "", view.talk, log_markup(view.talk.shown), view.sources
