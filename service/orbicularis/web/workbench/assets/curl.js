// The current request as a command, and its way to the clipboard.

/** A command that asks the endpoint itself; the body stands between two lines of a mark. */
export function command(url, body, needsToken) {
  let mark = "REQUEST";
  while (body.split("\n").includes(mark)) mark += "_";
  const token = needsToken ? ` \\\n  -H "Authorization: Bearer $TOKEN"` : "";
  return (
    `curl -sS -X POST ${quoted(url)} \\\n  -H 'Content-Type: application/json'${token} \\\n` +
    `  --data-binary @- <<'${mark}'\n${body.replace(/\n$/, "")}\n${mark}\n`
  );
}

/** Puts a text on the clipboard; false where the browser does not let us. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
