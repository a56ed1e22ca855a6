import type { WireReader } from '../../wire/wire-reader';
import { decodeText } from '../dictionary/attribute-value';

type PointKind = 'gauge' | 'sum' | 'histogram' | 'exponential' | 'summary';

/** Field numbers of `Metric.data`. */
const KINDS: Readonly<Record<number, PointKind>> = {
  5: 'gauge',
  7: 'sum',
  9: 'histogram',
  10: 'exponential',
  11: 'summary',
};

const DELTA = 1;
const CUMULATIVE = 2;

/** A Metric message but for its data points, which lie as fields 1 within `data`. */
export interface MetricHead {
  name: string;
  unit: string;
  description: string;
  kind: PointKind | undefined;
  temporality: 'delta' | 'cumulative' | 'unspecified';
  monotonic: boolean;
  /** Start and end by turns: a message may come in pieces, which count together. */
  data: number[];
}

/** Reads the head of the Metric message from the reader's position to `end`: OTLP writes what rules the points behind them. */
export function readMetricHead(reader: WireReader, end: number): MetricHead {
  const head: MetricHead = {
    name: '',
    unit: '',
    description: '',
    kind: undefined,
    temporality: 'unspecified',
    monotonic: false,
    data: [],
  };
  while (reader.position < end) {
    const tag = reader.varint();
    if ((tag & 7) !== 2) {
      reader.skip(tag & 7);
      continue;
    }
    const field = tag >>> 3;
    const blockEnd = reader.blockEnd();
    if (field === 1) head.name = decodeText(reader.bytes, reader.position, blockEnd);
    else if (field === 2) head.description = decodeText(reader.bytes, reader.position, blockEnd);
    else if (field === 3) head.unit = decodeText(reader.bytes, reader.position, blockEnd);
    else if (field in KINDS) {
      if (head.kind !== KINDS[field]) beginData(head, KINDS[field]!);
      head.data.push(reader.position, blockEnd);
      readDataHead(reader, blockEnd, head);
    }
    reader.position = blockEnd;
  }
  return head;
}

/** Of several kinds of data the last counts. */
function beginData(head: MetricHead, kind: PointKind): void {
  head.kind = kind;
  head.data.length = 0;
  head.temporality = 'unspecified';
  head.monotonic = false;
}

function readDataHead(reader: WireReader, end: number, head: MetricHead): void {
  while (reader.position < end) {
    const tag = reader.varint();
    if (tag === 0x10) {
      const value = reader.varint();
      head.temporality = value === DELTA ? 'delta' : value === CUMULATIVE ? 'cumulative' : 'unspecified';
    } else if (tag === 0x18) head.monotonic = reader.varint() !== 0;
    else reader.skip(tag & 7);
  }
}
