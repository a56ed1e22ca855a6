import type { OutputRecord } from './output-record';

/** A shorter text stands at the end of many a line that is another. */
const shortestInside = 6;

/**
 * Leaves out lines of output that the application also exports, each as often as it does: `exported` are the bodies of its
 * log records. A line is one of them where it is the same text, its JSON has that message, or a formatter put time and level
 * before it.
 */
export function withoutExported(
  records: readonly OutputRecord[],
  exported: readonly string[],
): readonly OutputRecord[] {
  const left = new Map<string, number>();
  for (const body of exported) left.set(body.trim(), (left.get(body.trim()) ?? 0) + 1);
  const take = (body: string | undefined): boolean => {
    const count = body === undefined ? 0 : (left.get(body) ?? 0);
    if (body === undefined || count === 0) return false;
    left.set(body, count - 1);
    return true;
  };
  const inside = (text: string) =>
    [...left].find(([body, count]) => count > 0 && body.length >= shortestInside && text.endsWith(body))?.[0];
  /** A traceback is one record here, and an exported one is its lines. */
  const takeAll = (lines: readonly string[]) => {
    const wanted = lines.map((each) => each.trim());
    const isThere = wanted.every((each) => (left.get(each) ?? 0) > 0);
    if (isThere) for (const each of wanted) take(each);
    return isThere;
  };
  return records.filter(({ text }) => {
    const line = text.trim();
    if (line.includes('\n')) return !(take(line) || takeAll(line.split('\n')));
    return !(take(line) || take(messageOf(line)) || take(left.size <= mostBodies ? inside(line) : undefined));
  });
}

/** Each line is compared with all: more would hold up the output. */
const mostBodies = 500;

function messageOf(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    const message = value.msg ?? value.message ?? value.body ?? value.event;
    return typeof message === 'string' ? message.trim() : undefined;
  } catch {
    return undefined;
  }
}
