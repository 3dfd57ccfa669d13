// Changes one number in a JSON text and leaves every other character as it was typed.

const SPACE = /\s*/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const PLAIN = /[^\s,\]}]+/y;

/** Where the value at a path begins and ends; null when there is none. */
export function placeOf(text, path) {
  const reader = { text, at: 0 };
  skip(reader, SPACE);
  for (const step of path) {
    if (!enter(reader, step)) return null;
  }
  const begin = reader.at;
  value(reader);
  return [begin, reader.at];
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
    skip(reader, SPACE);
    if ("]}".includes(reader.text[reader.at] ?? "]")) return false;
    let name = number;
    if (!isList) {
      name = JSON.parse(skip(reader, TEXT));
      skip(reader, SPACE);
      reader.at += 1;
      skip(reader, SPACE);
    }
    if (name === step) return true;
    value(reader);
    skip(reader, SPACE);
    if (reader.text[reader.at] !== ",") return false;
    reader.at += 1;
  }
}

/** Passes over one value, however deep. */
function value(reader) {
  let depth = 0;
  do {
    skip(reader, SPACE);
    const sign = reader.text[reader.at];
    if (sign === undefined) return;
    if (sign === '"') skip(reader, TEXT);
    else if ("[{".includes(sign)) (depth += 1), (reader.at += 1);
    else if ("]}".includes(sign)) (depth -= 1), (reader.at += 1);
    else if (",:".includes(sign)) reader.at += 1;
    else skip(reader, PLAIN);
  } while (depth > 0);
}

function skip(reader, pattern) {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? "";
  reader.at += found.length;
  return found;
}
