"""The chat page as Gradio blocks: a conversation, and beside it the sources of the last answer.

May import the service and the page's markup.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from rag.datatypes import Answer, Delta, Done, Inquiry, Turn
from rag.errors import RagError
from rag.settings import Settings
from ui.api.app import WebApplication
from ui.api.beside import step_aside
from ui.compose import Application
from ui.page.markup import (
    SEARCHING,
    WELCOME,
    answer_markup,
    failure_markup,
    question_markup,
    sources_markup,
    writing_markup,
)
from ui.service import Service

FONT = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
EXAMPLES = (
    "哪个部门牵头推进既有住宅加装电梯？",
    "2024年固定资产投资目标是多少？",
    "区民政局2024年牵头哪些工作？",
    "区财政局党委书记是谁？",
)
HEADER = (
    '<header><div class="brand">知引</div><p>中文文档问答 · 每句话都能点回原文</p>'
    '<nav><a href="/docs" target="_blank" rel="noopener">接口</a></nav></header>'
)
_STYLE = Path(__file__).parent / "style.css"
_ASKED_AT_ONCE = 8
_ON_LOAD = "() => { document.documentElement.lang = 'zh-Hans'; }"

Messages = list[dict[str, Any]]
Step = tuple[str, tuple[Turn, ...], Messages, str]


def mount(app: WebApplication, service: Service, settings: Settings) -> None:
    """Put the page at `/` of the application, behind the API."""
    gr.mount_gradio_app(
        app,
        build(service, longest=settings.question_characters),
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
        js=_ON_LOAD,
    )
    step_aside(app)


def build(service: Service, *, longest: int) -> gr.Blocks:
    """The page; `longest` is how many characters a question may have."""
    talk = Conversation(service)
    with gr.Blocks(title="知引 · 中文文档问答", analytics_enabled=False, fill_height=True) as page:
        turns = gr.State(())
        gr.HTML(HEADER, elem_id="top")
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=5, elem_id="talk", min_width=320):
                chat = gr.Chatbot(
                    elem_id="chat",
                    show_label=False,
                    container=False,
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    layout="bubble",
                    placeholder="<h2>想问什么？</h2><p>答案只出自文件库中的原文，库里没有的会直说。</p>",
                    examples=[{"text": example} for example in EXAMPLES],
                )
                with gr.Row(elem_id="ask"):
                    box = gr.Textbox(
                        show_label=False,
                        container=False,
                        placeholder="输入问题，按回车提问",
                        max_length=longest,
                        max_lines=6,
                        scale=8,
                        autofocus=True,
                        submit_btn="提问",
                        elem_id="question",
                    )
                    clear = gr.Button("清空", scale=0, min_width=72, elem_id="clear")
            with gr.Column(scale=3, elem_id="side", min_width=300):
                sources = gr.HTML(WELCOME, elem_id="sources")
        outputs = [box, turns, chat, sources]
        options = {
            "outputs": outputs,
            "show_progress": "hidden",
            "concurrency_limit": _ASKED_AT_ONCE,
            "concurrency_id": "ask",
            "api_visibility": "private",
        }
        typed = box.submit(talk.answer, [box, turns, chat], **options)
        chosen = chat.example_select(talk.answer_example, [turns, chat], **options)
        clear.click(
            _cleared, None, outputs, cancels=[typed, chosen], show_progress="hidden", api_visibility="private"
        )
    page.queue(default_concurrency_limit=_ASKED_AT_ONCE, api_open=False)
    return page


class Conversation:
    """Answers what is typed; all that is remembered travels with the page's own state."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def answer_example(
        self, turns: tuple[Turn, ...], shown: Messages, chosen: gr.SelectData
    ) -> Iterator[Step]:
        """Answer the example that was clicked."""
        yield from self.answer(str(chosen.value["text"]), turns, shown)

    def answer(self, question: str, turns: tuple[Turn, ...], shown: Messages) -> Iterator[Step]:
        """The page after each step of an answer: asked, being written, done with its sources."""
        if not question.strip():
            yield question, turns, shown, gr.skip()
            return
        asked = [*shown, _message("user", question_markup(question))]
        yield "", turns, [*asked, _message("assistant", writing_markup(""))], SEARCHING
        try:
            yield from self._written(question, turns, asked)
        except RagError as error:
            yield "", turns, [*asked, _message("assistant", failure_markup(str(error)))], WELCOME

    def _written(self, question: str, turns: tuple[Turn, ...], asked: Messages) -> Iterator[Step]:
        application = self._service.application
        text = ""
        for event in application.assistant.stream(Inquiry(question, history=turns)):
            if isinstance(event, Delta):
                text += event.text
                yield "", turns, [*asked, _message("assistant", writing_markup(text))], SEARCHING
            elif isinstance(event, Done):
                answer = event.answer
                turns = (*turns, Turn("user", question), Turn("assistant", answer.text))
                message = _message("assistant", answer_markup(answer))
                yield "", turns, [*asked, message], _sources(application, answer)


def _sources(application: Application, answer: Answer) -> str:
    catalogue = application.library.catalogue
    places = [(citation.document_id, citation.paragraph) for citation in answer.citations]
    texts = {document_id: catalogue.text(document_id) for document_id, _ in places}
    return sources_markup(answer, catalogue.fetch(places), texts)


def _message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content}


def _cleared() -> Step:
    return "", (), [], WELCOME
