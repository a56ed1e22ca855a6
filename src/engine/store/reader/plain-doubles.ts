/** A whole double in JSON without blanks, up to what follows it; or the quote that begins a text. */
const WHOLE_DOUBLE = /"|\d\.0(?=[,\]}])/g;

/**
 * The store's JSON with whole doubles as numbers without a fraction (`[2.0]` is `[2]`): the text that OTLP's libraries make
 * of arrays and maps, which Loki and Prometheus show.
 */
export function plainDoubles(json: string): string {
  if (!json.includes('.0')) return json;
  const wholes = new RegExp(WHOLE_DOUBLE);
  let plain = '';
  let kept = 0;
  for (let match = wholes.exec(json); match; match = wholes.exec(json)) {
    if (match[0] === '"') wholes.lastIndex = endOfText(json, match.index);
    else {
      plain += json.slice(kept, match.index + 1);
      kept = wholes.lastIndex;
    }
  }
  return plain + json.slice(kept);
}

function endOfText(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** `plainDoubles` in DuckDB's SQL, over an expression. RE2 takes a text as one match, so nothing inside it is changed. */
export function plainDoublesSql(json: string): string {
  return `regexp_replace(${json}, '("(?:[^"\\\\]|\\\\.)*")|([0-9])\\.0([,\\]}])', '\\1\\2\\3', 'gs')`;
}
