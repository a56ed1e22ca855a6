/** `later` minus `earlier`, both decimal nanoseconds; exact up to 104 days. */
export function nanosBetween(earlier: string, later: string): number {
  // Of one length, as all of this century are: the lower nine digits and the rest are small enough for numbers.
  if (earlier.length === later.length && later.length <= 24) {
    const seconds = Number(later.slice(0, -9)) - Number(earlier.slice(0, -9));
    if (Math.abs(seconds) < 9e6) return seconds * 1e9 + (Number(later.slice(-9)) - Number(earlier.slice(-9)));
  }
  return Number(BigInt(later) - BigInt(earlier));
}
