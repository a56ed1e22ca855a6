/** Put on by Loki or taken from the record itself: no attributes, so no rule touches them. */
const notAttributes = new Set([
  'detected_level',
  'flags',
  'observed_timestamp',
  'scope_name',
  'scope_version',
  'severity_number',
  'severity_text',
  'span_id',
  'trace_id',
]);

/**
 * Loki writes attribute names with underscores. The name they were sent by is one seen in traces, else the one with
 * dots in all places.
 */
export class LabelNames {
  private readonly originals = new Map<string, string>([['service_name', 'service.name']]);

  constructor(seen: Iterable<string>) {
    for (const name of seen) this.originals.set(name.replace(/[^A-Za-z0-9_]/g, '_'), name);
  }

  attributesOf(labels: Readonly<Record<string, string>>): { key: string; value: string }[] {
    return Object.entries(labels)
      .filter(([label]) => !notAttributes.has(label) && !label.startsWith('__'))
      .map(([label, value]) => ({ key: this.originals.get(label) ?? label.replaceAll('_', '.'), value }));
  }
}
