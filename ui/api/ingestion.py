"""Uploading documents over HTTP and following the jobs that store them.

May import the contract, the dependencies and the uploads.
"""

from contextlib import ExitStack
from typing import Annotated

from fastapi import APIRouter, File, UploadFile

from rag.errors import InvalidRequest
from ui.api.dependencies import ApplicationDep, ServiceDep
from ui.api.problems import ProblemBody
from ui.contract import JobBody, QueuedJobsBody
from ui.uploads import receive

router = APIRouter(prefix="/api/v1", tags=["入库"])

Files = Annotated[list[UploadFile], File(description="一个或多个文件")]


@router.post(
    "/documents",
    status_code=202,
    summary="上传文件",
    responses={413: {"model": ProblemBody}, 415: {"model": ProblemBody}, 422: {"model": ProblemBody}},
)
def upload(file: Files, application: ApplicationDep, service: ServiceDep) -> QueuedJobsBody:
    """接收文件并排队入库；同名文件以后上传的为准。"""
    settings = application.settings
    if len(file) > settings.upload_files:
        raise InvalidRequest(f"一次上传了 {len(file)} 个文件，上限 {settings.upload_files} 个，请分批上传。")
    with ExitStack() as undo:
        uploads = []
        for each in file:
            received = receive(each.file, each.filename, max_bytes=settings.file_bytes)
            undo.callback(received.content.close)
            uploads.append(received)
        jobs = service.jobs.submit(uploads)
        undo.pop_all()
    return QueuedJobsBody.of(jobs)


@router.get("/jobs/{job_id}", summary="入库进度", responses={404: {"model": ProblemBody}})
def read_job(job_id: str, service: ServiceDep) -> JobBody:
    """返回一个入库任务的状态。"""
    return JobBody.of(service.jobs.job(job_id))
