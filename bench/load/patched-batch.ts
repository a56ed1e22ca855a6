import { encodeOtlpJson } from '../../src/engine/otlp/json/encode-otlp-json';
import type { Signal } from '../../src/engine/wire/signal';

// Stand-ins that are found again in the encoded bytes and overwritten before each send.
const ID_MARK = 'c0ffee01';
const TIME_MARK = 0xc0ffee02n << 32n;
/** Odd, so that multiplying by it modulo 2^32 keeps different numbers different. */
const SCATTER = 0x9e3779b1;
export const UNIQUE_TEXT = '@@@@@@@@';

/** A trace id (32 digits) or span id (16 digits) that differs in every send, in each of its halves of 16 digits. */
export function uniqueId(index: number, digits: 16 | 32): string {
  return (ID_MARK + index.toString(16).padStart(8, '0')).repeat(digits / 16);
}

/** A time this many nanoseconds (below 2^32) after the send's time. */
export function timeAfter(nanoseconds: number): string {
  return String(TIME_MARK | BigInt(nanoseconds));
}

/** One encoded request that can be sent again and again with ids, times and texts of its own. */
export class PatchedBatch {
  private readonly ids: number[] = [];
  private readonly times: { at: number; delta: number }[] = [];
  private readonly texts: number[] = [];

  /** `bytes` starts after the five bytes of a gRPC frame's head. */
  constructor(
    readonly items: number,
    private readonly framed: Buffer,
  ) {
    for (let at = 0; at + 8 <= framed.length; at++) {
      if (framed.readUInt32BE(at) === 0xc0ffee01) this.ids.push(at);
      else if (framed.readUInt32LE(at + 4) === 0xc0ffee02) this.times.push({ at, delta: framed.readUInt32LE(at) });
      else if (framed[at] === 0x40 && framed.toString('latin1', at, at + 8) === UNIQUE_TEXT) this.texts.push(at);
    }
  }

  static encode(signal: Signal, items: number, json: object): PatchedBatch {
    const message = encodeOtlpJson(signal, json);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    return new PatchedBatch(items, Buffer.concat([head, message]));
  }

  copy(): PatchedBatch {
    return new PatchedBatch(this.items, Buffer.from(this.restored()));
  }

  /** As a gRPC message, with its head. */
  get grpcFrame(): Buffer {
    return this.framed;
  }

  get message(): Buffer {
    return this.framed.subarray(5);
  }

  /** Makes everything unique by `sequence` and places the times at `now` (Unix nanoseconds). */
  patch(sequence: number, now: bigint): void {
    // Scattered like the ids of real tracers: ascending ones would be found by the zone maps alone.
    const id = Math.imul(sequence, SCATTER) >>> 0;
    for (const at of this.ids) this.framed.writeUInt32BE(id, at);
    const low = Number(now & 0xffffffffn);
    const high = Number(now >> 32n);
    for (const { at, delta } of this.times) {
      const sum = low + delta;
      this.framed.writeUInt32LE(sum >>> 0, at);
      this.framed.writeUInt32LE(high + (sum > 0xffffffff ? 1 : 0), at + 4);
    }
    const text = sequence.toString(16).padStart(8, '0');
    for (const at of this.texts) this.framed.write(text, at, 'latin1');
  }

  /** The bytes with their stand-ins in place. */
  private restored(): Buffer {
    const bytes = Buffer.from(this.framed);
    for (const at of this.ids) bytes.writeUInt32BE(0xc0ffee01, at);
    for (const { at, delta } of this.times) {
      bytes.writeUInt32LE(delta, at);
      bytes.writeUInt32LE(0xc0ffee02, at + 4);
    }
    for (const at of this.texts) bytes.write(UNIQUE_TEXT, at, 'latin1');
    return bytes;
  }
}
