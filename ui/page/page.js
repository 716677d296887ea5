() => {
  document.documentElement.lang = "zh-Hans";
  const log = document.getElementById("log");
  let turns = 0;
  let writing = false;
  // A new turn begins at the top of the view and stays there until its answer is whole; after that the
  // reader scrolls undisturbed.
  const follow = () => {
    const all = log.querySelectorAll(".turn");
    const last = all[all.length - 1];
    if (last && (writing || all.length !== turns)) last.scrollIntoView({ block: "start" });
    turns = all.length;
    writing = Boolean(last && last.querySelector(".writing"));
  };
  new MutationObserver(follow).observe(log, { childList: true, subtree: true });
}
