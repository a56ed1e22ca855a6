/**
 * Prometheus' own escaping of names that its classic form does not allow: `U__`, letters and digits as they are, `__` for
 * an underscore and `_43e_` for another character. It says which name it was.
 */
const prefix = 'U__';

export function escapeName(name: string): string {
  let escaped = prefix;
  for (const character of name) {
    if (/[a-zA-Z0-9]/.test(character)) escaped += character;
    else if (character === '_') escaped += '__';
    else escaped += `_${character.codePointAt(0)!.toString(16)}_`;
  }
  return escaped;
}

/** The name that was escaped; a name that was not is answered as it is. */
export function unescapeName(name: string): string {
  if (!/^U__(?:[a-zA-Z0-9]|__|_(?:10|0?[0-9a-f])?[0-9a-f]{1,4}_)*$/.test(name)) return name;
  return name
    .slice(prefix.length)
    .replace(/__|_([0-9a-f]+)_/g, (_, code?: string) => (code ? String.fromCodePoint(Number.parseInt(code, 16)) : '_'));
}
