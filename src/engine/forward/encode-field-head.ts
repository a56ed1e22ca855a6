/** Tag (below 2^14) and length (below 2^28) of a field that holds bytes. */
export function encodeFieldHead(tag: number, length: number): Uint8Array {
  const bytes: number[] = [];
  for (const value of [tag, length]) {
    let rest = value;
    for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}
