import type { RedactionPreview } from '../../shared/contract/destinations';
import type { Attribute } from '../../shared/contract/telemetry';
import { textOf } from '../../shared/redaction/attribute-value';
import type { Redaction } from '../../shared/redaction/compile-redaction';

type Sample = RedactionPreview['samples'][number];

/** Different changes that are shown; further ones are only counted. */
const maxSamples = 200;
/** Of a text that is shown; of a longer one the part around the first change. */
const maxTextLength = 400;
const contextLength = 80;

/** Gathers what rules change: every change is counted, each different one is shown once. */
export class RedactionSampler {
  readonly samples: Sample[] = [];
  changed = 0;
  private readonly seen = new Set<string>();

  constructor(private readonly redaction: Redaction) {}

  addAttributes(signal: Sample['signal'], service: string, scope: string, attributes: readonly Attribute[]): void {
    for (const { key, value } of attributes) {
      const after = this.redaction.ofAttribute(key)?.(value);
      const untouched = after === value || this.redaction.ofAttribute(key) === null;
      if (untouched) continue;
      this.add(
        { signal, service, place: `${scope}.${key}` },
        textOf(value),
        after === undefined ? null : textOf(after),
      );
    }
  }

  addLine(service: string, line: string): void {
    const after = this.redaction.ofLogLine?.(line) ?? line;
    if (after !== line) this.add({ signal: 'logs', service, place: 'log line' }, line, after);
  }

  private add(where: Pick<Sample, 'signal' | 'service' | 'place'>, before: string, after: string | null): void {
    this.changed++;
    if (this.samples.length >= maxSamples) return;
    const start = after === null ? 0 : Math.max(0, firstDifference(before, after) - contextLength);
    const sample = { ...where, before: cut(before, start), after: after === null ? null : cut(after, start) };
    const identity = JSON.stringify(sample);
    if (this.seen.has(identity)) return;
    this.seen.add(identity);
    this.samples.push(sample);
  }
}

function firstDifference(before: string, after: string): number {
  let index = 0;
  while (index < before.length && before[index] === after[index]) index++;
  return index;
}

/** Short texts stay whole. */
function cut(text: string, start: number): string {
  if (text.length <= maxTextLength) return text;
  const end = start + maxTextLength;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
