const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  pb: 1e15,
  eb: 1e18,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  pib: 2 ** 50,
  eib: 2 ** 60,
};

/** A size such as `42 MB` or `1.5KiB` in bytes; k is 1000, Ki is 1024, the B may be missing. */
export function parseBytes(text: string): number | undefined {
  const match = /^([\d.,]+)\s*([a-zA-Z]*)\s*$/.exec(text);
  if (!match) return undefined;
  const value = Number(match[1]!.replaceAll(',', ''));
  const name = match[2]!.toLowerCase();
  const unit = units[name] ?? units[`${name}b`];
  return unit === undefined || Number.isNaN(value) ? undefined : Math.trunc(value * unit);
}
