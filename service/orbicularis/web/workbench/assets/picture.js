// What moved: bars keep their identity by cause, segments by cause and finding.

const LASTS = 450;
const EASE = "cubic-bezier(0.25, 0.8, 0.3, 1)";
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Remembers ranks and places of a picture, before another takes its place. */
export function remembered(root) {
  const ranks = new Map();
  const origin = topOf(root);
  for (const bar of root.querySelectorAll(".bar")) {
    const { cause, rank, title, band } = bar.dataset;
    ranks.set(cause, { rank: Number(rank), title, band, top: bar.getBoundingClientRect().top - origin });
  }
  const shapes = new Map();
  for (const one of root.querySelectorAll("[data-key] > rect, rect[data-key]")) {
    shapes.set(keyOf(one), { x: one.getAttribute("x"), width: one.getAttribute("width") });
  }
  return { ranks, shapes };
}

/** Moves a new picture out of the old one, and tells in words which causes moved. */
export function move(root, before) {
  const said = [];
  const origin = topOf(root);
  const listed = new Set();
  const bars = root.querySelectorAll(".bar");
  for (const bar of bars) {
    const { cause, rank, title, band } = bar.dataset;
    const old = before.ranks.get(cause);
    listed.add(cause);
    const change = changeOf(old, { rank: Number(rank), band }, bars.length);
    bar.querySelector(".moved").textContent = change.mark;
    if (change.words) said.push(`${title} ${change.words}`);
    slide(bar, old, origin);
  }
  const gone = [...before.ranks].filter(([cause]) => !listed.has(cause));
  said.push(...gone.map(([, old]) => `${old.title} left the list, was ${old.rank}`));
  const left = root.querySelector(".left");
  if (left) left.textContent = gone.map(([, old]) => `${old.title} left the list, was ${old.rank}.`).join(" ");
  for (const one of root.querySelectorAll("[data-key] > rect, rect[data-key]")) {
    grow(one, before.shapes.get(keyOf(one)));
  }
  return said;
}

function keyOf(rect) {
  return rect.dataset.key ?? rect.parentNode.dataset.key;
}

/** A place may rise while the band falls: then both are told, the band first. */
function changeOf(old, { rank, band }, number) {
  if (!old) return { mark: "new in the list", words: `is new in the list, at ${rank}` };
  const marks = [];
  const words = [];
  if (old.band !== band) {
    marks.push(`was ${old.band}`);
    words.push(`is now ${band}, was ${old.band}`);
  }
  if (old.rank !== rank) {
    const up = old.rank > rank;
    marks.unshift(`${up ? "▲" : "▼"} was ${old.rank}`);
    words.push(words.length ? `number ${rank} of ${number}, was ${old.rank}` : `${up ? "rose" : "fell"} from ${old.rank} to ${rank}`);
  }
  return { mark: marks.join(", "), words: words.join("; ") };
}

/** Where the list begins: it moves as a whole when something above it grows. */
function topOf(root) {
  return root.querySelector(".ranking")?.getBoundingClientRect().top ?? 0;
}

function slide(bar, old, origin) {
  if (calm.matches) return;
  const by = old ? old.top - (bar.getBoundingClientRect().top - origin) : 0;
  const from = old ? { transform: `translateY(${by}px)` } : { opacity: 0 };
  if (!old || by) bar.animate([from, {}], { duration: LASTS, easing: EASE });
}

function grow(rect, old) {
  if (calm.matches) return;
  const x = rect.getAttribute("x");
  const width = rect.getAttribute("width");
  const was = old ?? { x, width: "0%" };
  if (was.x === x && was.width === width) return;
  const frame = (one) => (rect.dataset.key ? { x: one.x } : { x: one.x, width: one.width });
  rect.animate([frame(was), frame({ x, width })], { duration: LASTS, easing: EASE });
}

/** Tells of a segment while the pointer or the focus is on it; Escape silences it. */
export function tellSegments(root, tip) {
  const told = (event) => event.target.closest?.(".segment, .prior");
  const show = (event) => {
    const one = told(event);
    if (!one) return;
    tip.textContent = one.getAttribute("aria-label");
    tip.hidden = false;
    const box = one.firstElementChild.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 12);
    tip.style.left = `${Math.max(12, left) + scrollX}px`;
    const fits = box.bottom + 18 + tip.offsetHeight < innerHeight;
    tip.style.top = `${(fits ? box.bottom + 18 : box.top - tip.offsetHeight - 8) + scrollY}px`;
  };
  const hide = (event) => {
    if (told(event)) tip.hidden = true;
  };
  root.addEventListener("pointerover", show);
  root.addEventListener("focusin", show);
  root.addEventListener("pointerout", hide);
  root.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
  });
}
