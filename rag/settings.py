"""Every setting and every threshold, named, validated once at start and passed down.

Reading happens only in `load_settings`; importing this module reads nothing.
"""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rag.errors import SettingsError

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Count = Annotated[int, Field(ge=1)]


def _from_json(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


class Settings(BaseSettings):
    """Settings from `RAG_*` variables or a `.env` file; frozen."""

    model_config = SettingsConfigDict(
        env_prefix="RAG_", env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore"
    )

    home: Path = Field(Path("library"), description="存放文件库的文件夹")
    host: str = Field("127.0.0.1", description="服务监听地址")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8000, description="服务监听端口")

    embedding_model: str = Field(
        "bundled-fast",
        min_length=1,
        description="自带的 bundled（更准）、bundled-fast（更快），或 sentence-transformers 模型名、文件夹",
    )
    reranker: str = Field(
        "none",
        min_length=1,
        description="精排模型：none、bundled-embedding、bundled，或交叉编码器的名称、文件夹",
    )
    reranker_seconds: Annotated[float, Field(gt=0, le=600)] = Field(
        2.0, description="精排一个问题最多用的秒数，超过即按拟合的次序"
    )
    embedding_batch_size: Count = Field(256, description="一批向量化的文本条数")

    llm: str | None = Field(None, description="init_chat_model 接受的模型名；不设则用抽取式回答")
    llm_base_url: str | None = Field(None, description="OpenAI 兼容服务的地址")
    llm_api_key: SecretStr | None = Field(None, description="模型服务的密钥")
    llm_timeout: Annotated[float, Field(gt=0, le=3600)] = Field(
        30.0, description="等待模型写完回答的最长秒数"
    )
    llm_paragraphs: Count = Field(6, description="交给模型的段落数")
    llm_tokens: Annotated[int, Field(ge=200)] = Field(6000, description="交给模型的段落合计最多的词元数")
    llm_options: Annotated[dict[str, Any], NoDecode, BeforeValidator(_from_json)] = Field(
        default_factory=dict, description="另外传给 init_chat_model 的参数，写成 JSON"
    )
    llm_rewrite: bool = Field(False, description="是否让模型改写追问，改写须与按规则补全的对得上")

    top_k: Annotated[int, Field(ge=1, le=100)] = Field(8, description="检索返回的段落数")
    candidates: Count = Field(50, description="每个索引取回、参与融合的段落数")
    answer_sentences: Count = Field(3, description="抽取式回答最多的句数")
    refusal_threshold: Share | None = Field(None, description="低于此置信度即拒答；不设则用拟合值")

    question_characters: Count = Field(2000, description="问题最长字数")
    history_turns: Annotated[int, Field(ge=0)] = Field(20, description="参与理解追问的最近消息数")
    file_bytes: Count = Field(50 * 1024 * 1024, description="单个文件最大字节数")
    file_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(60.0, description="读一个文件的最长秒数")
    file_memory: Annotated[int, Field(ge=64 * 1024 * 1024)] = Field(
        400 * 1024 * 1024, description="读一个文件最多占用的内存字节数"
    )
    archive_files: Count = Field(10_000, description="一个压缩包内最多文件数")
    archive_bytes: Count = Field(4 * 1024 * 1024 * 1024, description="一个压缩包解开后的最大字节数")
    ingest_workers: Count | None = Field(None, description="同时读文件的进程数；不设则与核数相同")
    upload_files: Count = Field(20, description="一次上传最多文件数")


def load_settings() -> Settings:
    """Read and validate the settings; raises SettingsError naming each bad variable and its value."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "；".join(
            f"RAG_{str(problem['loc'][0]).upper()}={problem['input']!r}（{problem['msg']}）"
            for problem in error.errors()
        )
        raise SettingsError(
            f"设置有误：{problems}。请改正环境变量或 .env 文件，可参照 .env.example。"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError("设置文件 .env 不是 UTF-8 编码，请用 UTF-8 重新保存。") from error
