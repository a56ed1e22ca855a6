import { WireReader } from '../../wire/wire-reader';
import { decodeAnyValue } from '../dictionary/attribute-value';
import { type Dictionary, MAX_ATTRIBUTES } from '../dictionary/dictionary';
import { AHEAD_NS, EARLIEST_NS } from '../reader/span-times';
import type { SequenceCounter } from '../tables/sequence-counter';
import type { WaitingRows } from '../tables/waiting-rows';
import { readResourceEnvelopes } from './read-resource-envelopes';

/** Values of the column `time_source`. */
const TIME_OBSERVED = 1;
const TIME_OF_ARRIVAL = 2;

const EARLIEST_HIGH = Number(EARLIEST_NS >> 32n);

/** Decodes ExportLogsServiceRequest messages straight into columns; the body is the only string of a row. */
export class LogDecoder {
  private reader = new WireReader(new Uint8Array(0));
  private receivedNs = 0n;
  /** The upper half of the latest time that can be right. */
  private latestHigh = 0;

  constructor(
    private readonly rows: WaitingRows,
    private readonly dictionary: Dictionary,
    private readonly seq: SequenceCounter,
  ) {}

  /** `receivedMs` stands for the time of a record that has neither a time nor an observed one that can be right. */
  decode(request: Uint8Array, receivedMs: number): void {
    this.receivedNs = BigInt(receivedMs) * 1_000_000n;
    this.latestHigh = Number((this.receivedNs + AHEAD_NS) >> 32n);
    const reader = new WireReader(request);
    this.reader = reader;
    readResourceEnvelopes(reader, this.dictionary, (resource, scope, end) => this.decodeRecord(end, resource, scope));
  }

  private decodeRecord(end: number, resource: number, scope: number): void {
    const { reader } = this;
    const rows = this.rows.logs;
    const { columns } = rows;
    const row = rows.next();
    const attributesBefore = columns.attributes.count;
    let timeLow = 0;
    let timeHigh = 0;
    let observedLow = 0;
    let observedHigh = 0;
    let severity = 0;
    let severityText = 0;
    let eventName = 0;
    let bodyKind = 0;
    let body = '';
    let flags = 0;
    let dropped = 0;
    let timeSource = 0;
    columns.traceHi.set(row, 0, 0);
    columns.traceLo.set(row, 0, 0);
    columns.spanId.set(row, 0, 0);

    while (reader.position < end) {
      const tag = reader.varint();
      switch (tag) {
        case 0x09:
          timeLow = reader.view.getUint32(reader.position, true);
          timeHigh = reader.view.getUint32(reader.position + 4, true);
          reader.position += 8;
          break;
        case 0x59:
          observedLow = reader.view.getUint32(reader.position, true);
          observedHigh = reader.view.getUint32(reader.position + 4, true);
          reader.position += 8;
          break;
        case 0x10:
          severity = reader.varint();
          break;
        case 0x1a:
          severityText = this.string('log:severityText');
          break;
        case 0x2a: {
          const bodyEnd = reader.blockEnd();
          const value = decodeAnyValue(reader, bodyEnd);
          body = value.text;
          bodyKind = value.kind;
          this.dictionary.pushMark(columns.attributes, 'log:body', value.originalBytes);
          reader.position = bodyEnd;
          break;
        }
        case 0x32: {
          const attributeEnd = reader.blockEnd();
          if (columns.attributes.count - attributesBefore >= MAX_ATTRIBUTES) {
            dropped++;
            reader.position = attributeEnd;
          } else this.dictionary.pushAttribute(columns.attributes, reader, reader.position, attributeEnd);
          break;
        }
        case 0x38:
          dropped += reader.varint();
          break;
        case 0x45:
          flags = reader.view.getUint32(reader.position, true);
          reader.position += 4;
          break;
        case 0x4a:
        case 0x52:
          this.readId(tag, row);
          break;
        case 0x62:
          eventName = this.string('log:eventName');
          break;
        default:
          reader.skip(tag & 7);
      }
    }

    if (!this.isLikely(timeHigh)) {
      if ((timeLow | timeHigh) !== 0)
        this.dictionary.pushSentTime(columns.attributes, (BigInt(timeHigh) << 32n) | BigInt(timeLow));
      timeLow = observedLow;
      timeHigh = observedHigh;
      timeSource = TIME_OBSERVED;
    }
    if (!this.isLikely(timeHigh)) {
      timeSource = TIME_OF_ARRIVAL;
      columns.time.setBigint(row, this.arrivalTime());
    } else columns.time.set(row, timeLow, timeHigh);
    columns.observed.set(row, observedLow, observedHigh);
    columns.seq.set(row, this.seq.low, this.seq.high);
    columns.severity.data[row] = severity > 24 ? 0 : severity;
    columns.severityText.data[row] = severityText;
    columns.eventName.data[row] = eventName;
    columns.body.set(row, body);
    columns.bodyKind.data[row] = bodyKind;
    columns.flags.data[row] = flags;
    columns.resource.data[row] = resource;
    columns.scope.data[row] = scope;
    columns.attributes.ends[row] = columns.attributes.count;
    columns.droppedAttributes.data[row] = dropped;
    columns.timeSource.data[row] = timeSource;
    rows.length++;
    this.seq.advance();
  }

  /** Whether a time, by its upper half, was neither left out nor counted in another unit or by a clock that is off by years. */
  private isLikely(timeHigh: number): boolean {
    return timeHigh >= EARLIEST_HIGH && timeHigh <= this.latestHigh;
  }

  /** Of each record another time of the millisecond: equal lines at one time would be one line. */
  private arrivalTime(): bigint {
    return this.receivedNs + (this.seq.value() % 1_000_000n);
  }

  /** An id of another length than OTLP's counts as absent. */
  private readId(tag: number, row: number): void {
    const { reader } = this;
    const { columns } = this.rows.logs;
    const end = reader.blockEnd();
    const at = reader.position;
    if (tag === 0x4a && end - at === 16) {
      columns.traceHi.setBigEndian(row, reader.view, at);
      columns.traceLo.setBigEndian(row, reader.view, at + 8);
    } else if (tag === 0x52 && end - at === 8) columns.spanId.setBigEndian(row, reader.view, at);
    reader.position = end;
  }

  private string(field: string): number {
    const end = this.reader.blockEnd();
    this.dictionary.pushMark(
      this.rows.logs.columns.attributes,
      field,
      this.dictionary.cutBytes(end - this.reader.position),
    );
    const id = this.dictionary.stringId(this.reader, this.reader.position, end);
    this.reader.position = end;
    return id;
  }
}
