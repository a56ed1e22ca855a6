import { encodeValue } from '../../otlp-json/encode-value';
import type { StoredAttribute } from '../../store/reader/reader';
import { boolean, float, int, nil, type Static, string } from './static-value';

/** The TraceQL value of a stored attribute: maps and bytes compare as text, an empty value is none. */
export function toStatic({ kind, text, number }: Pick<StoredAttribute, 'kind' | 'text' | 'number'>): Static {
  switch (kind) {
    case 0:
      return nil;
    case 2:
      return boolean(text === 'true');
    case 3:
      // The text has every digit, the number is a double.
      return int(BigInt(text));
    case 4:
      return float(number ?? Number(text));
    case 5:
      return arrayOf(text);
    default:
      return string(text);
  }
}

/** As `encodeValue` gives it. */
interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  /** Text for what JSON has no number for. */
  readonly doubleValue?: number | string;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values: readonly { readonly key: string; readonly value: AnyValue }[] };
}

/** An array that was cut for its length, or that nests too deeply, stays text. */
function arrayOf(text: string): Static {
  try {
    const { arrayValue } = encodeValue({ kind: 5, text }) as AnyValue;
    return arrayValue ? { type: 'array', elements: arrayValue.values.map(fromAnyValue) } : string(text);
  } catch (error) {
    if (error instanceof RangeError) return string(text);
    throw error;
  }
}

function fromAnyValue(value: AnyValue): Static {
  if (value.stringValue !== undefined) return string(value.stringValue);
  if (value.boolValue !== undefined) return boolean(value.boolValue);
  if (value.intValue !== undefined) return int(BigInt(value.intValue));
  if (value.doubleValue !== undefined) return float(Number(value.doubleValue));
  return value.arrayValue || value.kvlistValue ? string(textOf(value)) : nil;
}

/** Maps and arrays in an array compare as their JSON. */
function textOf(value: AnyValue): string {
  if (value.arrayValue) return `[${value.arrayValue.values.map(textOf).join(',')}]`;
  if (value.kvlistValue)
    return `{${value.kvlistValue.values.map(({ key, value }) => `${JSON.stringify(key)}:${textOf(value)}`).join(',')}}`;
  return value.intValue ?? JSON.stringify(value.stringValue ?? value.boolValue ?? value.doubleValue ?? null);
}
