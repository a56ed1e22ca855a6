/** `later` minus `earlier`, both decimal nanoseconds; exact up to 104 days. */
export function nanosBetween(earlier: string, later: string): number {
  return Number(BigInt(later) - BigInt(earlier));
}
