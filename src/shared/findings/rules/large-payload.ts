import { formatBytes } from '../../format-bytes';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

const leastBytes = 300_000;
/** Files are as large as they are. */
const files =
  /\.(?:js|mjs|css|map|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|pdf|zip|gz|tgz|jar|whl|wasm|mp4|webm|mp3|csv|parquet)\b|\/(?:static|assets|download|upload|files)\b/i;

/** A call that sent or got 300 kB or more. Told once a call: by who made it, else by who answered. */
export function findLargePayloads(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  if (!view.readings.some(({ bytes }) => bytes >= leastBytes)) return [];
  return nodes.flatMap(({ span, parent }, position): Sighting[] => {
    const { bytes, path, name } = view.readings[position]!;
    if (bytes < leastBytes || files.test(path) || files.test(name)) return [];
    const told = parent !== -1 && span.kind === 'server' && view.readings[parent]!.bytes >= leastBytes;
    if (told) return [];
    return [
      {
        rule: 'large-payload',
        severity: 'hint',
        service: span.service,
        sentence: `${placeOf(view, position)} carried ${formatBytes(bytes)}`,
        advice: 'Ask for fewer fields or fewer rows, in pages, or compress it.',
        key: [labelOf(view, position)],
        weight: bytes,
        evidence: evidenceOf(view, [position]),
      },
    ];
  });
}
