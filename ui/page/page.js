() => {
  document.documentElement.lang = "zh-Hans";
  const log = document.getElementById("log");
  // A new turn or a growing answer stays in view, wherever the page scrolls: the log or, on a phone, all of it.
  const follow = () => {
    const last = log.querySelector(".turn:last-child");
    if (!last) return;
    const wide = window.matchMedia("(min-width: 60rem)").matches;
    if (wide) log.scrollTo({ top: log.scrollHeight });
    else last.scrollIntoView({ block: "start" });
  };
  new MutationObserver(follow).observe(log, { childList: true, subtree: true });
}
