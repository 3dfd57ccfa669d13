// The sample patients: fetched when first looked for, narrowed while one types.

// Of folded.js, which is no module: folded.

/** Makes the picker work; `choose` is told the path of the sample that was chosen. */
export function picker(choose) {
  const box = document.getElementById("picker");
  const field = document.getElementById("search");
  const found = document.getElementById("found");
  const list = document.getElementById("list");
  let groups = [];

  box.addEventListener("toggle", async () => {
    if (!box.open) return;
    field.focus();
    if (!groups.length) await load();
  });
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") hits()[0]?.click();
    else if (event.key === "ArrowDown") hits()[0]?.focus();
    else return;
    event.preventDefault();
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = hits();
    const at = all.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    (all[Math.min(at + step, all.length - 1)] ?? field).focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-path]");
    if (!button) return;
    close();
    choose(button.dataset.path);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) box.open = false;
  });

  /** What one can choose now, in its order: in closed groups nothing can. */
  function hits() {
    const shown = list.querySelectorAll("details[open]:not([hidden]) li:not([hidden]) button");
    return Array.from(shown);
  }

  function close() {
    box.open = false;
    box.querySelector("summary").focus();
  }

  async function load() {
    found.textContent = "Loading …";
    const answer = await fetch("workbench/samples");
    found.textContent = answer.ok ? "" : `The samples could not be read (${answer.status}).`;
    if (!answer.ok) return;
    list.innerHTML = await answer.text();
    groups = Array.from(list.querySelectorAll("details"), (group) => {
      const title = folded(group.querySelector("summary").textContent);
      const items = Array.from(group.querySelectorAll("li"), (item) => {
        const { path } = item.firstElementChild.dataset;
        const name = path.replaceAll(/[-/]/g, " ");
        return { item, text: `${title} ${folded(item.textContent)} ${name}` };
      });
      return { group, items, open: group.open };
    });
    narrow();
  }

  function narrow() {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let number = 0;
    let of = 0;
    for (const { group, items, open } of groups) {
      let here = 0;
      for (const { item, text } of items) {
        item.hidden = !words.every((word) => text.includes(word));
        here += item.hidden ? 0 : 1;
      }
      group.hidden = here === 0;
      group.querySelector(".number").textContent = here;
      group.open = words.length ? here > 0 : open;
      number += here;
      of += items.length;
    }
    for (const section of list.querySelectorAll("section")) {
      section.hidden = section.querySelector("details:not([hidden])") === null;
    }
    found.textContent = of ? `${number} of ${of} sample patients` : found.textContent;
  }
}
