import type { Sender } from './cause';

export type OtlpSignal = 'traces' | 'metrics' | 'logs';
export const otlpSignals: readonly OtlpSignal[] = ['traces', 'metrics', 'logs'];

/** Where a sender's SDK sends a signal, as the specification of the variables has it. */
export interface OtlpTarget {
  /** The variable that says so; null where it is the SDK's default. */
  variable: string | null;
  text: string;
  protocol: string;
  /** Null where it is no URL. */
  url: URL | null;
  /** Of this signal alone: it is used as it is. */
  own: boolean;
}

export function targetOf({ environment }: Sender, signal: OtlpSignal): OtlpTarget {
  const name = signal.toUpperCase();
  const first = (...names: string[]) => names.find((each) => environment[each]);
  const variable = first(`OTEL_EXPORTER_OTLP_${name}_ENDPOINT`, 'OTEL_EXPORTER_OTLP_ENDPOINT') ?? null;
  const said = first(`OTEL_EXPORTER_OTLP_${name}_PROTOCOL`, 'OTEL_EXPORTER_OTLP_PROTOCOL');
  const protocol = said ? environment[said]! : '';
  const text = variable
    ? environment[variable]!
    : protocol === 'grpc'
      ? 'http://localhost:4317'
      : 'http://localhost:4318';
  return { variable, text, protocol, url: readUrl(text), own: variable?.includes(`_${name}_`) ?? false };
}

export function portOf(url: URL): number {
  if (url.port) return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '0.0.0.0' || hostname.startsWith('127.');
}

/** A URL without what could be a secret in it. */
export function sayUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}

function readUrl(text: string): URL | null {
  // What has no scheme would be read as one: `localhost:4317`.
  if (!/^https?:\/\//i.test(text) || /\s/.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
