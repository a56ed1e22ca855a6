const PREFIX = 'U__';

/**
 * The label that a path names: one of other characters than PromQL's own is written `U__` and `_hex_` for each of these,
 * `__` for an underscore. What is not written so stands for itself.
 */
export function unescapeName(name: string): string {
  if (!name.startsWith(PREFIX)) return name;
  const escaped = name.slice(PREFIX.length);
  if (!/^(?:[^_]|__|_[0-9a-fA-F]{1,6}_)*$/.test(escaped)) return name;
  return escaped.replace(/__|_([0-9a-fA-F]{1,6})_/g, (_, hex: string | undefined) => {
    const code = hex === undefined ? UNDERSCORE : Number.parseInt(hex, 16);
    return code <= MAX_CODE_POINT ? String.fromCodePoint(code) : '\ufffd';
  });
}

const UNDERSCORE = 0x5f;
const MAX_CODE_POINT = 0x10ffff;
