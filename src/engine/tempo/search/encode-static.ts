import { encodeDouble } from '../../otlp-json/encode-value';
import { formatStatic, type Static } from '../traceql/static-value';

/** As an OTLP value; statuses, kinds and durations as text. */
export function encodeStatic(value: Static): object {
  switch (value.type) {
    case 'int':
      return { intValue: String(value.value) };
    case 'float':
      return { doubleValue: encodeDouble(value.value) };
    case 'boolean':
      return { boolValue: value.value };
    case 'array':
      return { arrayValue: { values: value.elements.map(encodeStatic) } };
    default:
      return { stringValue: formatStatic(value) };
  }
}
