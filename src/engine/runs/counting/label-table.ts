import { readSpan } from '../../../shared/shapes/read-span';
import { Pace } from '../../pace/pace';
import type { StoredAttribute, StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../../tempo/store/loaded-trace';
import { attributeOf, SPAN_KINDS } from '../../tempo/store/trace-facts';
import type { SpanRows } from './span-rows';

/** What a span is called in a shape. */
export interface Label {
  readonly service: string;
  readonly kind: (typeof SPAN_KINDS)[number];
  readonly name: string;
  readonly query: boolean;
}

/** Reading a text for the first time, in units of `Pace.isDueAfter`. */
const READING = 1000;

/** The labels of spans by number: each text is read once, however many spans have it. */
export class LabelTable {
  readonly labels: Label[] = [];
  private readonly numbers = new Map<string, number>();

  /** The label of each row. */
  async of(reader: StoreReader, rows: SpanRows, signal: AbortSignal): Promise<Uint32Array> {
    const pace = new Pace(signal);
    const [names, values] = await Promise.all([
      reader.dictionary.strings(new Set(rows.name)),
      reader.dictionary.attributes(new Set([...rows.naming.values()].flat())),
    ]);
    const resources = reader.dictionary.resources();
    const plain = new Map<number, Map<number, number>>();
    const named = new Map<string, number>();
    const labels = new Uint32Array(rows.count);
    const read = (row: number, attributes: readonly StoredAttribute[]) =>
      this.numberOf({
        service: serviceNameOf(resources.get(rows.resource[row]!)),
        kind: SPAN_KINDS[rows.kind[row]!] ?? 'unspecified',
        spanName: names.get(rows.name[row]!) ?? '',
        attributes,
      });
    for (let row = 0; row < rows.count; row++) {
      if (pace.isDueAfter(20)) await pace.turn();
      const ids = rows.naming.get(row);
      if (ids) {
        const key = `${rows.resource[row]} ${rows.name[row]} ${rows.kind[row]} ${ids.join()}`;
        let label = named.get(key);
        if (label === undefined) {
          label = read(
            row,
            ids.flatMap((id) => values.get(id) ?? []),
          );
          named.set(key, label);
          if (pace.isDueAfter(READING)) await pace.turn();
        }
        labels[row] = label;
        continue;
      }
      const ofResource = plain.get(rows.resource[row]!) ?? new Map<number, number>();
      if (ofResource.size === 0) plain.set(rows.resource[row]!, ofResource);
      const key = rows.name[row]! * 8 + rows.kind[row]!;
      let label = ofResource.get(key);
      if (label === undefined) {
        label = read(row, []);
        ofResource.set(key, label);
        if (pace.isDueAfter(READING)) await pace.turn();
      }
      labels[row] = label;
    }
    return labels;
  }

  private numberOf(span: {
    service: string;
    kind: Label['kind'];
    spanName: string;
    attributes: readonly StoredAttribute[];
  }): number {
    const { service, kind } = span;
    const { name, query } = readSpan({
      ...{ spanId: '', parentSpanId: '', name: span.spanName, service, kind, startNs: '0', durationNs: 0 },
      status: { code: 'unset', message: '' },
      attributes: span.attributes.map(attributeOf),
      ...{ events: [], links: [] },
    });
    const key = JSON.stringify([service, kind, name, query]);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.labels.length);
    return this.labels.push({ service, kind, name, query }) - 1;
  }
}
