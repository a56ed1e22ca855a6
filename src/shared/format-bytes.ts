/** Binary multiples: `512 B`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let power = 0;
  let scaled = bytes;
  while (scaled >= 1023.5 && power < units.length - 1) {
    scaled /= 1024;
    power++;
  }
  // Of means and rates alone, which would else all be none.
  if (power === 0 && scaled < 10 && !Number.isInteger(scaled)) return `${Number(scaled.toPrecision(2))} B`;
  return `${power === 0 || scaled >= 99.5 ? scaled.toFixed(0) : scaled.toFixed(1)} ${units[power]}`;
}
