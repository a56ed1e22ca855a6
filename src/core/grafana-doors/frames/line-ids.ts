/**
 * An id for each line: its time and FNV-1 of line and labels, as Grafana makes it, so that a client knows a line again. A line that
 * came before gets a number behind.
 */
export function lineIds(rows: readonly { nanos: string; line: string; labels: string }[]): string[] {
  const seen = new Map<string, number>();
  return rows.map(({ nanos, line, labels }) => {
    const id = `${nanos}_${fnv1(Buffer.from(`${line}_${labels}`)).toString(16)}`;
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count === 0 ? id : `${id}_${count}`;
  });
}

function fnv1(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash, 0x01000193) ^ byte;
  return hash >>> 0;
}
