/** Seconds as PromQL writes them: `90s`, `2m`, `1h`. */
export function promDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole % 3600 === 0 ? `${whole / 3600}h` : whole % 60 === 0 ? `${whole / 60}m` : `${whole}s`;
}
