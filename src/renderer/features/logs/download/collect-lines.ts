import type { LogRecord, TimeWindow } from '../../../../shared/contract/telemetry';
import { lineText } from '../../../../shared/line-text';

/** The contract's bound of one query. */
const pageLines = 5000;
/** More lines are no file to read. */
export const mostSaved = 100_000;
const mostCharacters = 200 * 1024 * 1024;
const msNanos = 1_000_000n;

export type SavedAs = 'txt' | 'jsonl';

export interface CollectedLines {
  /** Newest part first: parts are of the file's text in reverse. */
  parts: string[];
  lines: number;
  /** Older lines of the window are not among them. */
  isCut: boolean;
}

type Page = (window: TimeWindow, limit: number) => Promise<readonly LogRecord[]>;

/** The newest lines of a window as the text of a file, read part by part; `told` hears of each. */
export async function collectLines(
  page: Page,
  { from, to }: TimeWindow,
  as: SavedAs,
  told: (lines: number) => void,
  most = mostSaved,
): Promise<CollectedLines> {
  const parts: string[] = [];
  let lines = 0;
  let characters = 0;
  let end = to;
  /** Lines of the oldest millisecond that were read, which the next part begins with again. */
  let border = new Set<string>();
  for (;;) {
    const records = await page({ from, to: end }, pageLines);
    const fresh = records.filter((record) => !border.has(identityOf(record))).slice(0, most - lines);
    if (fresh.length > 0) {
      const text = fresh
        .toReversed()
        .map((record) => written(record, as))
        .join('');
      parts.push(text);
      lines += fresh.length;
      characters += text.length;
      told(lines);
    }
    const isLast = records.length < pageLines;
    if (isLast && lines < most) return { parts, lines, isCut: false };
    const oldest = records.at(-1);
    // A millisecond with more lines than one part holds cannot be gone past.
    if (lines >= most || characters >= mostCharacters || fresh.length === 0 || !oldest)
      return { parts, lines, isCut: true };
    const next = Number(BigInt(oldest.timeNs) / msNanos) + 1;
    border = new Set(records.filter(({ timeNs }) => Number(BigInt(timeNs) / msNanos) + 1 === next).map(identityOf));
    end = Math.min(end, next);
  }
}

function identityOf({ timeNs, line, labels }: LogRecord): string {
  return `${timeNs}\u0000${line}\u0000${labels.service_name ?? ''}\u0000${labels.span_id ?? ''}`;
}

function written(record: LogRecord, as: SavedAs): string {
  if (as === 'jsonl') return `${JSON.stringify(record)}\n`;
  const { timeNs, level, service } = record;
  const ms = Number(BigInt(timeNs) / msNanos);
  return `${new Date(ms).toISOString()} ${level.toUpperCase()} ${service} ${lineText(record)}\n`;
}
