/** Nanoseconds as people say them, three digits: `850 ns`, `12.4 ms`, `1.25 s`, `3 m 20 s`. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${Math.round(nanoseconds)} ns`;
  if (nanoseconds < 999.5e3) return `${threeDigits(nanoseconds / 1e3)} µs`;
  if (nanoseconds < 999.5e6) return `${threeDigits(nanoseconds / 1e6)} ms`;
  if (nanoseconds < 59.95e9) return `${threeDigits(nanoseconds / 1e9)} s`;
  const seconds = Math.round(nanoseconds / 1e9);
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  if (seconds < 86_400) return joined(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'm');
  return joined(Math.floor(seconds / 86_400), 'd', Math.floor((seconds % 86_400) / 3600), 'h');
}

/** A time after another, nanoseconds: `+12.4 ms`; `+0` at the same moment. */
export function formatOffset(nanoseconds: number): string {
  return nanoseconds === 0 ? '+0' : `+${formatDuration(nanoseconds)}`;
}

function threeDigits(value: number): string {
  return String(Number(value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)));
}

function joined(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}
