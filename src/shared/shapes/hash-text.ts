/** 64 bits of a text as 16 hex digits, the same everywhere. Not for secrets. */
export function hashText(text: string): string {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = mix(a ^ (b >>> 15));
  b = mix(b ^ (a >>> 13));
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 2246822507);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 3266489909);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
