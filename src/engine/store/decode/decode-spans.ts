import { WireReader } from '../../wire/wire-reader';
import { type Dictionary, MAX_ATTRIBUTES } from '../dictionary/dictionary';
import type { IdListColumn } from '../duck/column';
import { AHEAD_NS, EARLIEST_NS, placeSpan } from '../reader/span-times';
import type { FingerprintSet } from '../repeats/fingerprint-set';
import { HIGH_SEED, hashText, LOW_SEED, spanFingerprint, spanRest, unfinishedKey } from '../repeats/span-fingerprint';
import type { UnfinishedSpans } from '../repeats/unfinished-spans';
import type { SequenceCounter } from '../tables/sequence-counter';
import type { WaitingRows } from '../tables/waiting-rows';
import { readResourceEnvelopes } from './read-resource-envelopes';

const MAX_PER_SPAN = 65_535;
/** High word of the earliest time that is believed. */
const EARLIEST_HIGH = Number(EARLIEST_NS >> 32n);

/** Decodes ExportTraceServiceRequest messages straight into columns; no object is made for a span. */
export class SpanDecoder {
  private reader = new WireReader(new Uint8Array(0));
  private receivedNs = 0n;
  /** High word of the latest time that is believed. */
  private latestHigh = 0;
  private readonly service = { resource: -1, hash: 0 };

  constructor(
    private readonly rows: WaitingRows,
    private readonly dictionary: Dictionary,
    private readonly seq: SequenceCounter,
    /** Fingerprints of recent spans. */
    private readonly recent: FingerprintSet,
    private readonly unfinished: UnfinishedSpans,
  ) {}

  /**
   * Spans without valid ids and spans among the recent ones leave no row. `receivedMs` stands for the time of a span
   * that has none of its own.
   */
  decode(request: Uint8Array, receivedMs: number): void {
    this.receivedNs = BigInt(receivedMs) * 1_000_000n;
    this.latestHigh = Number((this.receivedNs + AHEAD_NS) >> 32n);
    const reader = new WireReader(request);
    this.reader = reader;
    readResourceEnvelopes(reader, this.dictionary, (resource, scope, end) => this.decodeSpan(end, resource, scope));
  }

  private decodeSpan(end: number, resource: number, scope: number): void {
    const { reader } = this;
    const rows = this.rows.spans;
    const { columns } = rows;
    const row = rows.next();
    const attributesBefore = columns.attributes.count;
    const eventsBefore = this.rows.events.length;
    const eventIdsBefore = this.rows.events.columns.attributes.count;
    const linksBefore = this.rows.links.length;
    const linkIdsBefore = this.rows.links.columns.attributes.count;
    let traceAt = -1;
    let spanAt = -1;
    let startLow = 0;
    let startHigh = 0;
    let endLow = 0;
    let endHigh = 0;
    let name = 0;
    let kind = 0;
    let status = 0;
    let statusMessage = 0;
    let traceState = 0;
    let flags = 0;
    let dropped = 0;
    let droppedEvents = 0;
    let droppedLinks = 0;
    columns.parentId.set(row, 0, 0);

    while (reader.position < end) {
      const tag = reader.varint();
      switch (tag) {
        case 0x0a: {
          const fieldEnd = reader.blockEnd();
          traceAt = fieldEnd - reader.position === 16 ? reader.position : -1;
          reader.position = fieldEnd;
          break;
        }
        case 0x12: {
          const fieldEnd = reader.blockEnd();
          spanAt = fieldEnd - reader.position === 8 ? reader.position : -1;
          reader.position = fieldEnd;
          break;
        }
        case 0x1a:
          traceState = this.string(columns.attributes, 'span:traceState');
          break;
        case 0x22: {
          const fieldEnd = reader.blockEnd();
          if (fieldEnd - reader.position === 8) columns.parentId.setBigEndian(row, reader.view, reader.position);
          reader.position = fieldEnd;
          break;
        }
        case 0x2a:
          name = this.string(columns.attributes, 'span:name');
          break;
        case 0x30:
          kind = reader.varint();
          break;
        case 0x39:
          startLow = reader.view.getUint32(reader.position, true);
          startHigh = reader.view.getUint32(reader.position + 4, true);
          reader.position += 8;
          break;
        case 0x41:
          endLow = reader.view.getUint32(reader.position, true);
          endHigh = reader.view.getUint32(reader.position + 4, true);
          reader.position += 8;
          break;
        case 0x4a:
          dropped += this.attribute(columns.attributes, attributesBefore);
          break;
        case 0x50:
          dropped += reader.varint();
          break;
        case 0x5a:
          if (this.rows.events.length - eventsBefore < MAX_PER_SPAN) this.decodeEvent(reader.blockEnd());
          else droppedEvents += this.passOver();
          break;
        case 0x60:
          droppedEvents += reader.varint();
          break;
        case 0x6a:
          if (this.rows.links.length - linksBefore < MAX_PER_SPAN) this.decodeLink(reader.blockEnd());
          else droppedLinks += this.passOver();
          break;
        case 0x70:
          droppedLinks += reader.varint();
          break;
        case 0x7a: {
          const fieldEnd = reader.blockEnd();
          while (reader.position < fieldEnd) {
            const statusTag = reader.varint();
            if (statusTag === 0x12) statusMessage = this.string(columns.attributes, 'span:statusMessage');
            else if (statusTag === 0x18) status = reader.varint();
            else reader.skip(statusTag & 7);
          }
          break;
        }
        // Field 16 (flags), fixed32.
        case 0x85:
          flags = reader.view.getUint32(reader.position, true);
          reader.position += 4;
          break;
        default:
          reader.skip(tag & 7);
      }
    }

    if (traceAt >= 0) {
      columns.traceHi.setBigEndian(row, reader.view, traceAt);
      columns.traceLo.setBigEndian(row, reader.view, traceAt + 8);
    }
    if (spanAt >= 0) columns.spanId.setBigEndian(row, reader.view, spanAt);
    if (kind > 5) kind = 0;
    if (status > 2) status = 0;
    const rest = spanRest(
      this.serviceHash(resource),
      kind,
      this.dictionary.stringHash(name),
      startLow,
      startHigh,
      endLow,
      endHigh,
      status,
      columns.attributes.count - attributesBefore,
      this.rows.events.length - eventsBefore,
      this.rows.links.length - linksBefore,
    );
    if (traceAt < 0 || spanAt < 0 || !this.isNew(row, rest)) {
      columns.attributes.count = attributesBefore;
      this.rows.events.length = eventsBefore;
      this.rows.events.columns.attributes.count = eventIdsBefore;
      this.rows.links.length = linksBefore;
      this.rows.links.columns.attributes.count = linkIdsBefore;
      return;
    }
    columns.seq.set(row, this.seq.low, this.seq.high);
    const ends = endHigh > startHigh || (endHigh === startHigh && endLow >= startLow);
    if (ends && startHigh > EARLIEST_HIGH && endHigh < this.latestHigh) {
      columns.start.set(row, startLow, startHigh);
      columns.duration.set(row, endLow - startLow, endHigh - startHigh - (endLow < startLow ? 1 : 0));
      columns.times.data[row] = 0;
    } else this.place(row, startLow, startHigh, endLow, endHigh);
    const isUnfinished = (endLow | endHigh) === 0;
    if (isUnfinished || this.unfinished.size > 0) this.finish(row, kind, resource, isUnfinished, name, status);
    columns.name.data[row] = name;
    columns.kind.data[row] = kind;
    columns.status.data[row] = status;
    columns.statusMessage.data[row] = statusMessage;
    columns.traceState.data[row] = traceState;
    columns.flags.data[row] = flags;
    columns.resource.data[row] = resource;
    columns.scope.data[row] = scope;
    columns.attributes.ends[row] = columns.attributes.count;
    columns.events.data[row] = this.rows.events.length - eventsBefore;
    columns.links.data[row] = this.rows.links.length - linksBefore;
    columns.droppedAttributes.data[row] = dropped;
    columns.droppedEvents.data[row] = droppedEvents;
    columns.droppedLinks.data[row] = droppedLinks;
    rows.length++;
    this.seq.advance();
  }

  private isNew(row: number, rest: number): boolean {
    const { traceHi, traceLo, spanId } = this.rows.spans.columns;
    const a = traceHi.data[row * 2]!;
    const b = traceHi.data[row * 2 + 1]!;
    const c = traceLo.data[row * 2]!;
    const d = traceLo.data[row * 2 + 1]!;
    const e = spanId.data[row * 2]!;
    const f = spanId.data[row * 2 + 1]!;
    if ((a | b | c | d) === 0 || (e | f) === 0) return false;
    return this.recent.add(
      spanFingerprint(LOW_SEED, a, b, c, d, e, f, rest),
      spanFingerprint(HIGH_SEED, a, b, c, d, e, f, rest),
    );
  }

  /** A span takes the place of an unfinished one with its ids, kind and service. */
  private finish(
    row: number,
    kind: number,
    resource: number,
    isUnfinished: boolean,
    name: number,
    status: number,
  ): void {
    const { traceHi, traceLo, spanId } = this.rows.spans.columns;
    const words = [traceHi, traceLo, spanId].flatMap(({ data }) => [data[row * 2]!, data[row * 2 + 1]!]);
    const key = unfinishedKey(words, kind, this.serviceHash(resource));
    const span = { seq: this.seq.value(), name, status };
    if (isUnfinished) this.unfinished.add(key, span);
    else this.unfinished.supersede(key, span);
  }

  private place(row: number, startLow: number, startHigh: number, endLow: number, endHigh: number): void {
    const { columns } = this.rows.spans;
    const join = (low: number, high: number) => (BigInt(high) << 32n) | BigInt(low);
    const placed = placeSpan(join(startLow, startHigh), join(endLow, endHigh), this.receivedNs);
    columns.start.setBigint(row, placed.startNs);
    columns.duration.setBigint(row, placed.durationNs);
    columns.times.data[row] = placed.times;
    if (placed.times === 0) return;
    const { sentTimes } = this.rows;
    const sent = sentTimes.next();
    sentTimes.columns.spanSeq.set(sent, this.seq.low, this.seq.high);
    sentTimes.columns.start.set(sent, startLow, startHigh);
    sentTimes.columns.end.set(sent, endLow, endHigh);
    sentTimes.length++;
  }

  private serviceHash(resource: number): number {
    if (resource !== this.service.resource) {
      this.service.resource = resource;
      this.service.hash = hashText(this.dictionary.resources.get(resource)?.service ?? '');
    }
    return this.service.hash;
  }

  private decodeEvent(end: number): void {
    const { reader } = this;
    const rows = this.rows.events;
    const { columns } = rows;
    const row = rows.next();
    const attributesBefore = columns.attributes.count;
    let dropped = 0;
    columns.spanSeq.set(row, this.seq.low, this.seq.high);
    columns.time.set(row, 0, 0);
    columns.name.data[row] = 0;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x09) {
        columns.time.set(
          row,
          reader.view.getUint32(reader.position, true),
          reader.view.getUint32(reader.position + 4, true),
        );
        reader.position += 8;
      } else if (tag === 0x12) columns.name.data[row] = this.string(columns.attributes, 'event:name');
      else if (tag === 0x1a) dropped += this.attribute(columns.attributes, attributesBefore);
      else if (tag === 0x20) dropped += reader.varint();
      else reader.skip(tag & 7);
    }
    columns.attributes.ends[row] = columns.attributes.count;
    columns.dropped.data[row] = dropped;
    rows.length++;
  }

  private decodeLink(end: number): void {
    const { reader } = this;
    const rows = this.rows.links;
    const { columns } = rows;
    const row = rows.next();
    const attributesBefore = columns.attributes.count;
    let dropped = 0;
    columns.spanSeq.set(row, this.seq.low, this.seq.high);
    columns.traceHi.set(row, 0, 0);
    columns.traceLo.set(row, 0, 0);
    columns.spanId.set(row, 0, 0);
    columns.traceState.data[row] = 0;
    columns.flags.data[row] = 0;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x0a || tag === 0x12) {
        const fieldEnd = reader.blockEnd();
        const length = fieldEnd - reader.position;
        if (tag === 0x0a && length === 16) {
          columns.traceHi.setBigEndian(row, reader.view, reader.position);
          columns.traceLo.setBigEndian(row, reader.view, reader.position + 8);
        } else if (tag === 0x12 && length === 8) columns.spanId.setBigEndian(row, reader.view, reader.position);
        reader.position = fieldEnd;
      } else if (tag === 0x1a) columns.traceState.data[row] = this.string(columns.attributes, 'link:traceState');
      else if (tag === 0x22) dropped += this.attribute(columns.attributes, attributesBefore);
      else if (tag === 0x28) dropped += reader.varint();
      else if (tag === 0x35) {
        columns.flags.data[row] = reader.view.getUint32(reader.position, true);
        reader.position += 4;
      } else reader.skip(tag & 7);
    }
    columns.attributes.ends[row] = columns.attributes.count;
    columns.dropped.data[row] = dropped;
    rows.length++;
  }

  private attribute(ids: IdListColumn, before: number): number {
    const end = this.reader.blockEnd();
    if (ids.count - before >= MAX_ATTRIBUTES) {
      this.reader.position = end;
      return 1;
    }
    this.dictionary.pushAttribute(ids, this.reader, this.reader.position, end);
    return 0;
  }

  private string(ids: IdListColumn, field: string): number {
    const end = this.reader.blockEnd();
    this.dictionary.pushMark(ids, field, this.dictionary.cutBytes(end - this.reader.position));
    const id = this.dictionary.stringId(this.reader, this.reader.position, end);
    this.reader.position = end;
    return id;
  }

  private passOver(): 1 {
    this.reader.position = this.reader.blockEnd();
    return 1;
  }
}
