import type { Exemplar } from '../series/metric-sink';
import type { DecodeRun } from './decode-run';

/** The Exemplar message at [start, end), its series still to be set; one without a time has its point's. */
export function readExemplar(run: DecodeRun, start: number, end: number, pointMs: number): Exemplar {
  const { reader } = run;
  const attributes: number[] = [];
  const exemplar = { series: 0, timeMs: 0, value: 0, traceHi: 0n, traceLo: 0n, spanId: 0n, attributes };
  reader.position = start;
  while (reader.position < end) {
    const tag = reader.varint();
    switch (tag) {
      case 0x11:
        exemplar.timeMs = run.millis();
        break;
      case 0x19:
        exemplar.value = run.double();
        break;
      case 0x31:
        exemplar.value = run.sfixed64();
        break;
      case 0x22: {
        const idEnd = reader.blockEnd();
        if (idEnd - reader.position === 8) exemplar.spanId = reader.view.getBigUint64(reader.position);
        reader.position = idEnd;
        break;
      }
      case 0x2a: {
        const idEnd = reader.blockEnd();
        if (idEnd - reader.position === 16) {
          exemplar.traceHi = reader.view.getBigUint64(reader.position);
          exemplar.traceLo = reader.view.getBigUint64(reader.position + 8);
        }
        reader.position = idEnd;
        break;
      }
      case 0x3a: {
        const attributeEnd = reader.blockEnd();
        attributes.push(run.sink.attributeId(reader.bytes, reader.position, attributeEnd));
        reader.position = attributeEnd;
        break;
      }
      default:
        reader.skip(tag & 7);
    }
  }
  if (exemplar.timeMs === 0) exemplar.timeMs = pointMs;
  return exemplar;
}
