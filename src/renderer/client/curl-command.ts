/** A GET of one of the query APIs as a line for a POSIX shell. */
export function curlCommand(base: string, path: string, parameters: Record<string, string | number>): string {
  const lines = Object.entries(parameters).map(
    ([name, value]) => ` \\\n  --data-urlencode ${quoted(`${name}=${value}`)}`,
  );
  return `curl -sG ${quoted(base.replace(/\/$/, '') + path)}${lines.join('')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
