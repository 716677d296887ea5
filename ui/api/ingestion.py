"""Uploading documents over HTTP and following the jobs that store them.

May import the bodies, the dependencies and the uploads.
"""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile

from rag.errors import InvalidRequest
from ui.api.dependencies import ServiceDep, SettingsDep
from ui.api.problems import ProblemBody
from ui.holdings import JobBody, QueuedJobsBody
from ui.uploads import receive

router = APIRouter(prefix="/api/v1", tags=["入库"])

Files = Annotated[list[UploadFile], File(description="一个或多个文件")]


@router.post(
    "/documents",
    status_code=202,
    summary="上传文件",
    responses={status: {"model": ProblemBody} for status in (413, 422, 503, 507)},
)
def upload(file: Files, settings: SettingsDep, service: ServiceDep) -> QueuedJobsBody:
    """接收文件并排队入库，应答之后断电也不会丢；同名文件以后上传的为准，压缩包里的文件逐个收入。"""
    if len(file) > settings.upload_files:
        raise InvalidRequest(f"一次上传了 {len(file)} 个文件，上限 {settings.upload_files} 个，请分批上传。")
    uploads = [receive(each.file, each.filename, max_bytes=settings.file_bytes) for each in file]
    return QueuedJobsBody.of(service.jobs.submit(uploads))


@router.get("/jobs/{job_id}", summary="入库进度", responses={404: {"model": ProblemBody}})
def read_job(job_id: str, service: ServiceDep) -> JobBody:
    """返回一个入库任务的状态。"""
    return JobBody.of(service.jobs.job(job_id))
