const PREFIX = 'U__';
const ESCAPE = /__|_([0-9a-f]{1,6})_|_/gi;

/** The name that Prometheus' clients write as `U__…` where only letters, digits and underscores may stand: `_2e_` is a dot. */
export function unescapeName(name: string): string {
  if (!name.startsWith(PREFIX)) return name;
  let isWrong = false;
  const unescaped = name.slice(PREFIX.length).replace(ESCAPE, (whole, hex?: string) => {
    if (whole === '__') return '_';
    const code = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    isWrong ||= !isCharacter;
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
  return isWrong ? name : unescaped;
}
