/** A copy with room for as much again, which is 0. */
export function doubled<
  Values extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array | BigUint64Array,
>(values: Values): Values {
  const wider = new (values.constructor as new (length: number) => Values)(2 * values.length);
  wider.set(values as never);
  return wider;
}
