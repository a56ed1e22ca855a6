/** What a text is that is no OTLP JSON, for who gave the wrong file; empty where that is not known. `value` is its JSON, undefined where it is none. */
export function describeForeign(text: string, value: unknown): string {
  if (value === undefined) return describeText(text);
  const first = Array.isArray(value) ? value[0] : value;
  const has = (...keys: string[]) =>
    typeof first === 'object' && first !== null && keys.every((key) => Object.hasOwn(first, key));
  if (Array.isArray(value)) return has('traceId', 'id') ? 'a list of spans as Zipkin has them' : 'a list';
  if (has('data') && isJaeger(first)) return 'a trace as Jaeger exports it';
  if (has('batches') || has('trace')) return 'a trace as Tempo answers it; export it as OTLP JSON';
  if (has('traceEvents')) return 'a profile of a browser';
  if (has('log') || has('streams')) return 'no telemetry of OpenTelemetry';
  return '';
}

function isJaeger({ data }: { data?: unknown }): boolean {
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  return typeof first === 'object' && first !== null && 'traceID' in first;
}

function describeText(text: string): string {
  const start = text.slice(0, 1000).trimStart();
  if (/^<!doctype html|^<html/i.test(start)) return 'a page of HTML';
  if (/^<\?xml|^<[a-z]/i.test(start)) return 'XML';
  if (text.startsWith('\u001f')) return 'compressed; unpack it first';
  if (text.startsWith('PK\u0003')) return 'a ZIP archive; unpack it first';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a binary file
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text.slice(0, 1000))) return 'a binary file, not text';
  return '';
}
