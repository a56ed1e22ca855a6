const DIGITS = 32;

/** All digits of a trace id, which Tempo's search shows without its leading zeros; undefined for what is none. */
export function wholeTraceId(text: string): string | undefined {
  return /^[0-9a-f]{1,32}$/.test(text) ? text.padStart(DIGITS, '0') : undefined;
}
