// Changes one number in a JSON text and leaves every other character as it was typed. The text may
// be long, and no JSON yet: somebody is typing. So it is passed over once, by loops.

// A byte order mark is no space in JSON, but the service takes it for none, too.
const SPACE = " \t\r\n\ufeff";
const END = `${SPACE},]}`;

/** Where the value at a path begins and ends; null when there is none. */
export function placeOf(text, path) {
  const reader = { text, at: 0 };
  space(reader);
  for (const step of path) {
    if (!enter(reader, step)) return null;
  }
  const begin = reader.at;
  return value(reader) ? [begin, reader.at] : null;
}

/** The text with other numbers at some paths. */
export function withNumber(text, paths, number) {
  for (const path of paths) {
    const place = placeOf(text, path);
    if (place) text = text.slice(0, place[0]) + number + text.slice(place[1]);
  }
  return text;
}

function enter(reader, step) {
  const isList = reader.text[reader.at] === "[";
  if (!isList && reader.text[reader.at] !== "{") return false;
  reader.at += 1;
  for (let number = 0; ; number += 1) {
    space(reader);
    if ("]}".includes(reader.text[reader.at] ?? "]")) return false;
    const found = isList ? number : name(reader);
    if (found === null) return false;
    if (found === step) return true;
    if (!value(reader)) return false;
    space(reader);
    if (reader.text[reader.at] !== ",") return false;
    reader.at += 1;
  }
}

/** Passes over a name and its colon; null when there is none. */
function name(reader) {
  const begin = reader.at;
  if (reader.text[begin] !== '"' || !string(reader)) return null;
  const told = reader.text.slice(begin, reader.at);
  space(reader);
  if (reader.text[reader.at] !== ":") return null;
  reader.at += 1;
  space(reader);
  try {
    return JSON.parse(told);
  } catch {
    return null;
  }
}

/** Passes over one value, however deep; false where the text ends within it. */
function value(reader) {
  let depth = 0;
  do {
    space(reader);
    const sign = reader.text[reader.at];
    if (sign === undefined) return false;
    if (sign === '"') {
      if (!string(reader)) return false;
    } else if ("[{".includes(sign)) (depth += 1), (reader.at += 1);
    else if ("]}".includes(sign)) (depth -= 1), (reader.at += 1);
    else if (",:".includes(sign)) reader.at += 1;
    else plain(reader);
  } while (depth > 0);
  return true;
}

/** Passes over a string, from its opening quotation mark on; false when it never ends. */
function string(reader) {
  let end = reader.at;
  do end = reader.text.indexOf('"', end + 1);
  while (end > 0 && isEscaped(reader.text, end));
  if (end > 0) reader.at = end + 1;
  return end > 0;
}

function isEscaped(text, at) {
  let first = at;
  while (text[first - 1] === "\\") first -= 1;
  return (at - first) % 2 === 1;
}

function space(reader) {
  while (reader.at < reader.text.length && SPACE.includes(reader.text[reader.at])) reader.at += 1;
}

function plain(reader) {
  while (reader.at < reader.text.length && !END.includes(reader.text[reader.at])) reader.at += 1;
}
