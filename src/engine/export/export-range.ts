/** Which items are exported, by their own time: Unix milliseconds, from `startMs` on and before `endMs`. */
export interface ExportRange {
  readonly startMs?: number;
  readonly endMs?: number;
}

/** The greatest time in milliseconds whose nanoseconds fit 64 bits. */
const MAX_MS = 18_446_744_073_709;

/** Reads the query's `start` and `end`; answers what is wrong with them as a text. */
export function readExportRange({ start, end }: { start?: string; end?: string }): ExportRange | string {
  for (const [name, text] of Object.entries({ start, end })) {
    if (text !== undefined && !(/^\d+$/.test(text) && Number(text) <= MAX_MS))
      return `invalid ${name}: ${JSON.stringify(text)} is no time in Unix milliseconds`;
  }
  const range = { startMs: toMs(start), endMs: toMs(end) };
  if (range.startMs !== undefined && range.endMs !== undefined && range.startMs >= range.endMs)
    return `start must be before end: start=${start} end=${end}`;
  return range;
}

/** The range as an SQL condition on a column of times. */
export function rangeCondition(column: string, unit: 'ms' | 'ns', { startMs, endMs }: ExportRange): string {
  const literal = (ms: number) => (unit === 'ms' ? `${ms}` : `${BigInt(ms) * 1_000_000n}::UBIGINT`);
  const conditions = [
    ...(startMs === undefined ? [] : [`${column} >= ${literal(startMs)}`]),
    ...(endMs === undefined ? [] : [`${column} < ${literal(endMs)}`]),
  ];
  return conditions.join(' AND ') || 'true';
}

function toMs(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
