declare module 'snappyjs' {
  export function compress<Bytes extends Uint8Array>(content: Bytes): Bytes;
}
