// Filters the index while one types. Without it the index is a plain list.
// Of folded.js: folded.
"use strict";

const form = document.getElementById("search");
const field = document.getElementById("q");
const found = document.getElementById("found");
const entries = Array.from(document.querySelectorAll(".rules li"), (item) => {
  const link = item.firstElementChild;
  const id = link.getAttribute("href").replace(/^.*\//, "").replace(/\.html$/, "");
  return { item, text: folded(`${link.textContent} ${id} ${id.replaceAll("-", " ")}`) };
});
const jump = document.querySelector(".jump");
const blocks = Array.from(document.querySelectorAll(".part, .group"));

function filter() {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  let number = 0;
  for (const { item, text } of entries) {
    item.hidden = !words.every((word) => text.includes(word));
    number += item.hidden ? 0 : 1;
  }
  for (const block of blocks) {
    block.hidden = block.querySelector(".rules li:not([hidden])") === null;
  }
  jump.hidden = words.length > 0;
  found.textContent = words.length ? `${number} of ${entries.length} rules` : "";
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector(".rules li:not([hidden]) a")?.focus();
});
field.addEventListener("input", filter);
filter();
