const factors: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of `512m`, `1.5gb`, `1024`, powers of 1024 as Compose has them; null where it is no size. */
export function parseSize(text: string | number): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*(?:([bkmg])b?)?$/i.exec(String(text).trim());
  return found ? Math.round(Number(found[1]) * factors[(found[2] ?? 'b').toLowerCase()]!) : null;
}
