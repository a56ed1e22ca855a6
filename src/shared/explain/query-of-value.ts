import { everyLogLine } from '../requests/every-log-line';
import type { TypedValue } from './explained-rows';

const plainKey = /^[A-Za-z_][\w.-]*$/;
const label = /^[A-Za-z_]\w*$/;
const mostCharacters = 300;

/** TraceQL, or LogQL for lines, that finds what has the value; null where the language cannot say it, or it is too long. */
export function queryOfValue(value: TypedValue, signal: 'traces' | 'logs'): string | null {
  if ((value.value?.length ?? 0) > mostCharacters) return null;
  return signal === 'traces' ? traceql(value) : logql(value);
}

function traceql({ place, key, value, kind }: TypedValue): string | null {
  if (place === 'log' || (value !== null && kind === 'other')) return null;
  const named = plainKey.test(key) ? key : `"${key.replaceAll(/["\\]/g, '\\$&')}"`;
  const isEnum = place === 'intrinsic' && (key === 'status' || key === 'kind');
  const field = place === 'intrinsic' ? key : `${place}.${named}`;
  if (value === null) return place === 'event' ? null : `{ ${field} = nil }`;
  return `{ ${field} = ${kind === 'text' && !isEnum ? JSON.stringify(value) : value} }`;
}

function logql({ place, key, value }: TypedValue): string | null {
  const name = place === 'intrinsic' && key === 'level' ? 'detected_level' : key;
  if (!label.test(name)) return null;
  return `${everyLogLine} | ${name}=${JSON.stringify(value ?? '')}`;
}
