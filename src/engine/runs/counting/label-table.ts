import { isNamedByAddress, readSpan } from '../../../shared/shapes/read-span';
import { Pace } from '../../pace/pace';
import type { StoredAttribute, StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../../tempo/store/loaded-trace';
import { attributeOf, SPAN_KINDS } from '../../tempo/store/trace-facts';
import { type AttributeRoles, NAMES_ANY, NAMES_CALL } from './attribute-roles';
import { IdTable } from './id-table';
import type { SpanRows } from './span-rows';

/** What a span is called in a shape. */
export interface Label {
  readonly service: string;
  readonly kind: (typeof SPAN_KINDS)[number];
  readonly name: string;
  readonly query: boolean;
}

const CLIENT = 3;
/** Reading a text for the first time, in units of `Pace.isDueAfter`. */
const READING = 1000;

/** The labels of spans by number: each text is read once, however many spans have it. */
export class LabelTable {
  readonly labels: Label[] = [];
  private readonly numbers = new Map<string, number>();

  /** `roles` of the attributes that the rows have. */
  constructor(private readonly roles: AttributeRoles) {}

  /** The label of each row. */
  async of(reader: StoreReader, rows: SpanRows, signal: AbortSignal): Promise<Uint32Array> {
    const pace = new Pace(signal);
    const { roles } = this;
    const names = await reader.dictionary.strings(new Set(rows.name));
    const bare = new Set<number>();
    for (const [id, name] of names) {
      if (isNamedByAddress(name)) bare.add(id);
      if (pace.isDueAfter(READING)) await pace.turn();
    }
    const reading = new NamingReader(rows, roles, bare);
    for (let row = 0; row < rows.count; row++) {
      reading.add(row);
      if (pace.isDueAfter(15)) await pace.turn();
    }
    const { placeOf, examples } = reading;
    const values = await reader.dictionary.attributes(new Set(examples.flatMap((row) => reading.namingOf(row))));
    const resources = reader.dictionary.resources();
    const numbers = new Map<number, number>();
    for (const row of examples) {
      const label = this.numberOf({
        service: serviceNameOf(resources.get(rows.resource[row]!)),
        kind: SPAN_KINDS[rows.kind[row]!] ?? 'unspecified',
        spanName: names.get(rows.name[row]!) ?? '',
        attributes: reading.namingOf(row).flatMap((id) => values.get(id) ?? []),
      });
      numbers.set(placeOf[row]!, label);
      if (pace.isDueAfter(READING)) await pace.turn();
    }
    const ofPlace = new Uint32Array(reading.places);
    for (const [place, label] of numbers) ofPlace[place] = label;
    return placeOf.map((place) => ofPlace[place]!);
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

/** Rows by what makes their labels: resource, name, kind, then the attributes that it depends on, one step each. */
class NamingReader {
  /** Of each row; rows of one place have one label. */
  readonly placeOf: Uint32Array;
  /** A row of each place that has any. */
  readonly examples: number[] = [];
  private readonly ofResources = new IdTable(3);
  private readonly steps = new IdTable(2);
  private readonly seen: boolean[] = [];

  constructor(
    private readonly rows: SpanRows,
    private readonly roles: AttributeRoles,
    /** Ids of names that say nothing of the address that is called. */
    private readonly bare: ReadonlySet<number>,
  ) {
    this.placeOf = new Uint32Array(rows.count);
  }

  get places(): number {
    return this.seen.length;
  }

  add(row: number): void {
    const { name, kind, resource, attributes } = this.rows;
    const begins = this.ofResources.add(resource[row]!, name[row]!, kind[row]!);
    const wanted = this.wantedOf(row);
    let place = this.steps.add(begins, 2 ** 32 - 1);
    const end = attributes.starts[row + 1]!;
    for (let at = attributes.starts[row]!; at < end; at++) {
      const id = attributes.ids[at]!;
      if ((this.roles.roleOf(id) & wanted) !== 0) place = this.steps.add(place, id);
    }
    this.placeOf[row] = place;
    if (this.seen[place]) return;
    while (this.seen.length < this.steps.count) this.seen.push(false);
    this.seen[place] = true;
    this.examples.push(row);
  }

  namingOf(row: number): number[] {
    const { starts, ids } = this.rows.attributes;
    const wanted = this.wantedOf(row);
    return Array.from(ids.subarray(starts[row]!, starts[row + 1]!)).filter(
      (id) => (this.roles.roleOf(id) & wanted) !== 0,
    );
  }

  private wantedOf(row: number): number {
    const { kind, name } = this.rows;
    return kind[row] === CLIENT && this.bare.has(name[row]!) ? NAMES_ANY | NAMES_CALL : NAMES_ANY;
  }
}
