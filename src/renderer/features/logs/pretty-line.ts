/** A line that is a JSON object or array, indented; any other line as it is. Numbers keep their digits. */
export function prettyLine(line: string): string {
  const text = line.trim();
  if (!/^[[{]/.test(text)) return line;
  try {
    JSON.parse(text);
  } catch {
    return line;
  }
  return indent(text);
}

/** Works on the text, because parsing would round 64-bit integers. */
function indent(json: string): string {
  let depth = 0;
  let out = '';
  const newline = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '{' || token === '[') {
      depth++;
      out += token + newline();
    } else if (token === '}' || token === ']') {
      depth--;
      out = /[{[]\s*$/.test(out) ? out.trimEnd() + token : out + newline() + token;
    } else if (token === ',') out += token + newline();
    else if (token === ':') out += ': ';
    else out += token;
  }
  return out;
}
