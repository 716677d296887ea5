() => {
  const PAUSE = 1000;
  const panel = () => document.getElementById("intake");
  const sleep = (time) => new Promise((done) => setTimeout(done, time));

  // Everything from outside is set as text, never as markup.
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const line = (file) => {
    const item = element("li", "waiting", "");
    const bar = document.createElement("progress");
    const said = element("span", "said", "等待上传");
    item.append(element("span", "name", file.name), said, bar);
    panel().querySelector(".jobs").prepend(item);
    return {
      say(kind, text, share) {
        item.className = kind;
        said.textContent = text;
        bar.hidden = share === undefined;
        if (share === null) bar.removeAttribute("value");
        else if (share !== undefined) bar.value = share;
      },
      link(address) {
        const link = element("a", "open", "查看");
        link.href = address;
        link.target = "_blank";
        link.rel = "noopener";
        said.after(link);
      },
    };
  };

  // Only this old interface tells how much has been sent.
  const send = (file, on) =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("file", file);
      request.upload.onprogress = (event) => on(event.total ? event.loaded / event.total : null);
      request.onload = () => {
        const reply = JSON.parse(request.responseText);
        if (request.status === 202) done(reply.jobs[0]);
        else fail(new Error(reply.detail));
      };
      request.onerror = () => fail(new Error("上传中断：连不上服务，请检查网络后重新上传。"));
      request.open("POST", "/api/v1/documents");
      request.send(form);
    });

  const follow = async (job, shown) => {
    for (;;) {
      await sleep(PAUSE);
      let now;
      try {
        const reply = await fetch(`/api/v1/jobs/${encodeURIComponent(job.job_id)}`);
        now = await reply.json();
        if (reply.status === 404) return shown.say("failed", now.detail);
        if (!reply.ok) continue;
      } catch {
        shown.say("waiting", "已收下，暂时连不上服务……", null);
        continue;
      }
      if (now.status === "queued") shown.say("waiting", "已收下，排队入库", null);
      else if (now.status === "running") shown.say("waiting", `正在入库 ${Math.round(now.progress * 100)}%`, now.progress || null);
      else if (now.status === "failed") return shown.say("failed", `未收入：${now.error}`);
      else {
        shown.say("done", "已收入");
        if (!/\.zip$/i.test(job.filename)) shown.link(`/documents/${encodeURIComponent(job.document_id)}`);
        return undefined;
      }
    }
  };

  // One request for each file: a file refused keeps none of the others out.
  const take = async (files) => {
    const lines = [...files].map((file) => [file, line(file)]);
    for (const [file, shown] of lines) {
      try {
        const job = await send(file, (share) => shown.say("waiting", "正在上传", share));
        shown.say("waiting", "已收下，排队入库", null);
        follow(job, shown);
      } catch (error) {
        shown.say("failed", `未收入：${error.message}`);
      }
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#add")) panel().showModal();
    else if (event.target.closest("#intake .close") || event.target === panel()) panel().close();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#intake input")) return;
    take(event.target.files);
    event.target.value = "";
  });
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => {
      // A file dropped beside the panel would otherwise replace the page.
      event.preventDefault();
      if (name === "drop" && event.dataTransfer.files.length) {
        if (!panel().open) panel().showModal();
        take(event.dataTransfer.files);
      }
    });
  }
}
