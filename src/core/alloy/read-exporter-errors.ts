import type { AlloyOutput } from './alloy-host';

export interface ExporterError {
  /** Unix milliseconds. */
  at: number;
  message: string;
  /** Of HTTP; null when no answer came. */
  status: number | null;
  /** It is not tried again. */
  lost: boolean;
}

const newestLines = 300;
const limitMs = 2_000;

/** The newest error of each component that Alloy's log tells of, by component id. */
export async function readExporterErrors(host: AlloyOutput): Promise<Map<string, ExporterError>> {
  const errors = new Map<string, ExporterError>();
  const signal = AbortSignal.timeout(limitMs);
  try {
    for await (const { at, text } of host.logs({ tail: newestLines, signal })) {
      const found = readError(text);
      if (found) errors.set(found.component, { at, ...found.error });
    }
  } catch {
    // The log is an addition to the counters: what was read so far is used.
  }
  return errors;
}

/** A try that will be repeated is told at the level info, data that was given up at error. */
function readError(line: string): { component: string; error: Omit<ExporterError, 'at'> } | null {
  const fields = readLogfmt(line);
  const component = fields.get('component_id');
  const text = fields.get('msg') ?? '';
  if (!component?.startsWith('otelcol.exporter.')) return null;
  if (/partial success/i.test(text)) return readPartialSuccess(component, fields);
  if (!/failed|error|dropp|reject/i.test(text)) return null;
  const error = fields.get('error') ?? fields.get('err') ?? text;
  const [, status] = /HTTP Status Code (\d{3})/.exec(error) ?? [];
  return {
    component,
    error: {
      message: withoutWrapping(error),
      status: status === undefined ? null : Number(status),
      lost: /dropp|reject/i.test(text) || /not retryable|permanent error/i.test(error),
    },
  };
}

/** It answered with success and took a part; without a count of what it did not take it is a warning. */
function readPartialSuccess(
  component: string,
  fields: ReadonlyMap<string, string>,
): { component: string; error: Omit<ExporterError, 'at'> } | null {
  const [, dropped = '0'] = [...fields].find(([key]) => key.startsWith('dropped_')) ?? [];
  if (dropped === '0') return null;
  return {
    component,
    error: { message: `It rejected ${dropped} items: ${fields.get('message') ?? ''}`, status: 200, lost: true },
  };
}

/** `not retryable error: rpc error: code = Unavailable desc = REASON, Message=, Details=[]`: the reason alone. */
function withoutWrapping(error: string): string {
  return error.replace(/^.* desc = /s, '').replace(/, Message=, Details=\[\]$/, '');
}

function readLogfmt(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, key, quoted, plain] of line.matchAll(/([\w.]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) {
    fields.set(key!, quoted?.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c)) ?? plain ?? '');
  }
  return fields;
}
