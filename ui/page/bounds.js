() => {
  const PAUSE = 200;
  const KINDS = ["years", "kinds", "issuers", "document_ids"];
  const FEW = 8;
  const panel = () => document.getElementById("bounds");
  const options = (kind) => panel().querySelector(`[data-kind="${kind}"] .options`);
  // What is chosen: of each kind the values with their labels.
  const chosen = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
  // Replies may come in another order than they were asked for.
  let asked = 0;

  window.zhiyin = {
    scope: () => {
      const set = KINDS.filter((kind) => chosen[kind].size);
      return set.length ? JSON.stringify(Object.fromEntries(set.map((kind) => [kind, [...chosen[kind].keys()]]))) : "";
    },
  };

  // Everything from outside is set as text, never as markup.
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const option = (kind, value, label, count) => {
    const made = element("label", "option", "");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = chosen[kind].has(value);
    box.addEventListener("change", () => {
      if (box.checked) chosen[kind].set(value, label);
      else chosen[kind].delete(value);
      tell();
    });
    made.append(box, element("span", "name", label));
    if (count) made.append(element("span", "count", count));
    return made;
  };

  // What is chosen stays in sight, whatever is typed.
  const fill = (kind, found) => {
    const listed = new Set(found.map(([value]) => value));
    const kept = [...chosen[kind]].filter(([value]) => !listed.has(value));
    options(kind).replaceChildren(...[...kept, ...found].map((each) => option(kind, ...each)));
    const searched = panel().querySelector(`[data-kind="${kind}"] input[type="search"]`);
    const idle = !searched || (kind !== "document_ids" && !searched.value && found.length < FEW);
    if (searched) searched.hidden = idle;
    panel().querySelector(`[data-kind="${kind}"]`).hidden = idle && !kept.length && !found.length;
  };

  const load = async () => {
    const turn = ++asked;
    const typed = (name) => encodeURIComponent(panel().querySelector(`input[name="${name}"]`).value.trim());
    const more = panel().querySelector(".more");
    let found;
    try {
      const reply = await fetch(`/api/v1/choices?title=${typed("title")}&issuer=${typed("issuer")}`);
      found = await reply.json();
      if (!reply.ok) throw new Error(found.detail);
    } catch (error) {
      if (turn === asked) more.textContent = error instanceof TypeError ? "暂时连不上服务，请稍后再试。" : error.message;
      return;
    }
    if (turn !== asked) return;
    const counted = ({ value, documents }) => [value, String(value), `${documents} 份`];
    fill("years", found.years.map(({ value, documents }) => [value, `${value}年`, `${documents} 份`]));
    fill("kinds", found.kinds.map(counted));
    fill("issuers", found.issuers.map(counted));
    fill("document_ids", found.documents.map(({ id, title, year }) => [id, title, year ? `${year}年` : ""]));
    const left = found.total - found.documents.length;
    more.textContent = !found.total ? "没有这样的文件。" : left > 0 ? `还有 ${left} 份，可输入标题中的字查找。` : "";
  };

  // The line above the question box: what is chosen, each to be taken away.
  const tell = () => {
    const items = KINDS.flatMap((kind) =>
      [...chosen[kind]].map(([value, label]) => {
        const item = element("li", "", "");
        const away = element("button", "away", "×");
        away.type = "button";
        away.setAttribute("aria-label", `不再限定：${label}`);
        away.addEventListener("click", () => {
          chosen[kind].delete(value);
          tell();
        });
        item.append(element("span", "name", label), away);
        return item;
      }),
    );
    document.querySelector("#within .chosen").replaceChildren(...items);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#choose")) {
      for (const box of panel().querySelectorAll('input[type="search"]')) box.value = "";
      load();
      panel().showModal();
    } else if (event.target.closest("#bounds .none")) {
      for (const kind of KINDS) chosen[kind].clear();
      tell();
      load();
    } else if (event.target.closest("#bounds .close, #bounds .done") || event.target === panel()) panel().close();
  });
  let pause;
  document.addEventListener("input", (event) => {
    if (!event.target.matches('#bounds input[type="search"]')) return;
    clearTimeout(pause);
    pause = setTimeout(load, PAUSE);
  });
}
