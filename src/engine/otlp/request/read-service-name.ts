import { eachBlock } from '../../wire/each-block';

const ATTRIBUTE = 1;
const KEY = 1;
const VALUE = 2;
const STRING_VALUE = 1;
const MAX_BYTES = 200;

/** `service.name` of the Resource message at [start, end), which was walked before; empty where it has none. */
export function readServiceName(bytes: Uint8Array, start: number, end: number): string {
  let service = '';
  eachBlock(bytes, start, end, (field, from, to) => {
    if (field !== ATTRIBUTE) return;
    let key = '';
    let value = '';
    eachBlock(bytes, from, to, (part, partFrom, partTo) => {
      if (part === KEY) key = text(bytes, partFrom, partTo);
      else if (part === VALUE) {
        eachBlock(bytes, partFrom, partTo, (kind, textFrom, textTo) => {
          if (kind === STRING_VALUE) value = text(bytes, textFrom, textTo);
        });
      }
    });
    if (key === 'service.name') service = value;
  });
  return service;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to - from, MAX_BYTES)).toString('utf8');
}
