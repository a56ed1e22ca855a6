const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};
const escapes = /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[\s\S])/g;

/** The value of a LogQL string: Go's rules for "…", raw between backticks. Undefined for an escape Go does not know. */
export function unquote(token: string): string | undefined {
  const body = token.slice(1, -1);
  if (token.startsWith('`')) return body;
  let valid = true;
  const value = body.replace(escapes, (_, sequence: string) => {
    if (sequence.length > 1) return String.fromCodePoint(codePoint(sequence));
    const known = simple[sequence];
    if (known === undefined) valid = false;
    return known ?? '';
  });
  return valid ? value : undefined;
}

function codePoint(sequence: string): number {
  const code = /^[0-7]/.test(sequence) ? Number.parseInt(sequence, 8) : Number.parseInt(sequence.slice(1), 16);
  return code > 0x10ffff ? 0xfffd : code;
}
