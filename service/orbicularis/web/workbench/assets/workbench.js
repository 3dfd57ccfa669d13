// Asks the service about the request in the text area, and shows what comes back. The text is
// kept nowhere but in the page, and sent nowhere but to this service.

import { command, copied } from "./curl.js";
import { feedback } from "./feedback.js";
import { withNumber } from "./json-text.js";
import { picker } from "./picker.js";
import { move, remembered, tellSegments } from "./picture.js";

const PATIENCE = 200;
const byId = (id) => document.getElementById(id);
const [answer, body, problem, status, tip] = ["answer", "body", "problem", "status", "tip"].map(byId);
const [editor, edit, fallback, token] = ["editor", "edit", "fallback", "token"].map(byId);
const form = byId("ask");
const byHand = form.dataset.auth === "jwt";
let waiting;
let asking;
let choosing;
let sampleTime = byId("now").value;
let remark = "";

function headers() {
  const told = { "Content-Type": "application/json" };
  if (token?.value) told.Authorization = `Bearer ${token.value.trim()}`;
  // A token opens once.
  if (token) token.value = "";
  return told;
}

/** Asks; of another patient than before nothing can have moved. */
async function ask({ isOther = false } = {}) {
  clearTimeout(waiting);
  asking?.abort();
  const mine = (asking = new AbortController());
  const asked = new URLSearchParams({ service: byId("service").value, now: byId("now").value });
  const sent = body.value;
  answer.setAttribute("aria-busy", "true");
  try {
    const given = await fetch(`workbench/look?${asked}`, {
      method: "POST",
      headers: headers(),
      body: sent,
      cache: "no-store",
      signal: mine.signal,
    });
    const text = await given.text();
    if (mine.signal.aborted) return;
    if (given.ok) show(text, isOther, sent);
    else complain(given.status, text);
  } catch (error) {
    if (error.name !== "AbortError") complain(0, "");
  } finally {
    if (mine === asking) answer.removeAttribute("aria-busy");
  }
}

function soon() {
  clearTimeout(waiting);
  if (!byHand) waiting = setTimeout(ask, PATIENCE);
  else status.textContent = `${remark}Changed. Give a token and press Ask.`;
}

function show(html, isOther, sent) {
  const before = remembered(answer);
  const patient = byId("chart")?.dataset.patient;
  const focused = document.activeElement;
  const open = new Set(Array.from(answer.querySelectorAll("details[open] > summary"), nameOf));
  problem.hidden = true;
  tip.hidden = true;
  answer.innerHTML = html;
  for (const summary of answer.querySelectorAll("details > summary")) {
    if (open.has(nameOf(summary))) summary.parentNode.open = true;
  }
  if (focused?.dataset.key) refocus(focused);
  const made = byId("wrapped");
  // What was typed meanwhile stays.
  if (made && body.value === sent) body.value = JSON.stringify(JSON.parse(made.value), null, 2);
  tell(isOther || patient !== byId("chart").dataset.patient ? null : move(answer, before));
}

/** Gives the focus back to what had it; a number stays as it is being typed. */
function refocus(focused) {
  const fresh = answer.querySelector(`[data-key="${CSS.escape(focused.dataset.key)}"]`);
  if (!fresh) return;
  const typed = focused.type === "number";
  if (typed) {
    focused.dataset.places = fresh.dataset.places;
    fresh.replaceWith(focused);
  }
  (typed ? focused : fresh).focus({ preventScroll: true });
}

function nameOf(summary) {
  return summary.dataset.key ?? summary.textContent.replace(/\s\d+$/, "");
}

function tell(moves) {
  const number = answer.querySelectorAll(".card").length;
  const cards = `${number} card${number === 1 ? "" : "s"}.`;
  const order = moves?.length ? `${moves.join("; ")}.` : "The order did not change.";
  status.textContent = remark + (moves ? `${cards} ${order}` : cards);
  remark = "";
}

/** Shows the words of an OperationOutcome, and leads to the place that they name. */
function complain(code, text) {
  const said = code ? words(text) : ["The service did not answer."];
  problem.replaceChildren(...said.map((one) => Object.assign(document.createElement("p"), { textContent: one })));
  const place = /^Line (\d+), column (\d+)/.exec(said[0]);
  if (place) {
    const go = Object.assign(document.createElement("button"), { type: "button", textContent: "Go there" });
    go.addEventListener("click", () => point(Number(place[1]), Number(place[2])));
    problem.append(go);
  }
  problem.hidden = false;
  status.textContent = `Not answered${code ? ` (HTTP ${code})` : ""}: what stands below is of the last request that was.`;
}

function words(text) {
  try {
    return JSON.parse(text).issue.map((issue) => issue.diagnostics);
  } catch {
    return ["The service answered in words that this page does not know."];
  }
}

function point(line, column) {
  open(true);
  const lines = body.value.split("\n");
  const begin = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const at = Math.min(begin + column - 1, body.value.length);
  body.focus();
  body.setSelectionRange(at, Math.min(at + 1, body.value.length));
  const height = parseFloat(getComputedStyle(body).lineHeight);
  body.scrollTop = Math.max(0, (line - 4) * height);
}

function open(is) {
  editor.hidden = !is;
  edit.setAttribute("aria-expanded", String(is));
}

/** One's own patient is of the present, unless one has set another time. */
function leaveSampleTime() {
  if (sampleTime && byId("now").value === sampleTime) {
    byId("now").value = "";
    remark = "Your own request is judged at the present time. ";
  }
  sampleTime = "";
}

/** Takes a sample; what was asked or chosen before it, and has not come yet, is let go. */
async function choose(path) {
  asking?.abort();
  choosing?.abort();
  const { signal } = (choosing = new AbortController());
  let sample;
  try {
    const given = await fetch(`workbench/samples/${path}`, { signal });
    if (!given.ok) return complain(given.status, await given.text());
    sample = await given.json();
  } catch (error) {
    if (error.name !== "AbortError") complain(0, "");
    return;
  }
  byId("chosen").textContent = sample.title;
  byId("now").value = sampleTime = sample.now;
  remark = "";
  byId("service").value = sample.service;
  body.value = JSON.stringify(sample.request, null, 2);
  if (byHand) status.textContent = "Chosen. Give a token and press Ask.";
  else await ask({ isOther: true });
}

picker(choose);
tellSegments(answer, tip);
feedback(answer, () => byId("service").value, headers);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
edit.addEventListener("click", () => {
  open(editor.hidden);
  if (!editor.hidden) body.focus();
});
body.addEventListener("input", () => {
  byId("chosen").textContent = "Your own";
  leaveSampleTime();
  soon();
});
byId("now").addEventListener("input", soon);
answer.addEventListener("input", (event) => {
  const { places } = event.target.dataset;
  const number = event.target.valueAsNumber;
  if (!places || !Number.isFinite(number)) return;
  body.value = withNumber(body.value, JSON.parse(places), String(number));
  soon();
});
byId("curl").addEventListener("click", async () => {
  const url = new URL(`cds-services/${encodeURIComponent(byId("service").value)}`, document.baseURI);
  const text = command(url.href, body.value, byHand);
  const done = await copied(text);
  fallback.hidden = done;
  if (!done) {
    byId("command").value = text;
    byId("command").select();
  }
  const clock = byId("now").value ? " The endpoint judges by its own clock, not by the time set here." : "";
  status.textContent = (done ? "Copied." : "Select and copy the command.") + clock;
});
