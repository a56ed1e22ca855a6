import type { Attribute } from '../../shared/contract/telemetry';

/** OTLP's AnyValue as protobuf's JSON writes it. */
interface OtlpValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number | string;
  arrayValue?: { values?: OtlpValue[] };
  kvlistValue?: { values?: OtlpKeyValue[] };
  bytesValue?: string;
}

export interface OtlpKeyValue {
  key?: string;
  value?: OtlpValue;
}

type Json = Attribute['value'];

/** Integers beyond 2^53 stay text; NaN and the infinities, which JSON has not, are text already. */
function readOtlpValue(value: OtlpValue | undefined): Json {
  if (!value) return null;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) {
    const number = Number(value.intValue);
    return Number.isSafeInteger(number) ? number : String(value.intValue);
  }
  if (value.doubleValue !== undefined) return value.doubleValue;
  if (value.bytesValue !== undefined) return value.bytesValue;
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(readOtlpValue);
  if (value.kvlistValue) {
    return Object.fromEntries(
      (value.kvlistValue.values ?? []).map((pair) => [pair.key ?? '', readOtlpValue(pair.value)]),
    );
  }
  return null;
}

export function readOtlpAttributes(pairs: OtlpKeyValue[] | undefined): Attribute[] {
  return (pairs ?? []).map((pair) => ({ key: pair.key ?? '', value: readOtlpValue(pair.value) }));
}
