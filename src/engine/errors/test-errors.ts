import type { ToldDetail, ToldErrors } from '../../shared/errors/told-errors';
import { openTestStore } from '../store/open-test-store';
import { type TestSpan, testTraces } from '../tempo/test-telemetry';
import { createErrorsApi } from './create-errors-api';

export const base = 1_760_000_000_000;

export interface TestLine {
  at: number;
  line: string;
  service?: string;
  severity?: number;
  trace?: string;
  span?: string;
  attributes?: Record<string, string>;
}

/** A trace id, and a span id, of one small number. */
export const traceId = (number: number) => number.toString(16).padStart(32, 'a');
export const spanId = (number: number) => number.toString(16).padStart(16, 'b');

/** A span that failed; `exception` is recorded by it. */
export function failing(
  number: number,
  { exception, ...span }: Partial<TestSpan> & { exception?: { type: string; message: string; stack?: string } } = {},
): TestSpan {
  const { at = 0, lasts = 10 } = span;
  return {
    ...{ id: spanId(number), trace: traceId(1), service: 'shop', name: `span ${number}`, at, lasts },
    status: { code: 2 },
    ...(exception && {
      events: [
        {
          name: 'exception',
          at: at + lasts - 1,
          attributes: {
            'exception.type': exception.type,
            'exception.message': exception.message,
            ...(exception.stack !== undefined && { 'exception.stacktrace': exception.stack }),
          },
        },
      ],
    }),
    ...span,
  };
}

function testLogs(lines: readonly TestLine[]): object {
  const text = (value: string) => ({ stringValue: value });
  return {
    resourceLogs: lines.map(({ at, line, service = 'shop', severity = 17, trace, span, attributes = {} }) => ({
      resource: { attributes: [{ key: 'service.name', value: text(service) }] },
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: `${base + at}000000`,
              severityNumber: severity,
              body: text(line),
              ...(trace !== undefined && { traceId: trace }),
              ...(span !== undefined && { spanId: span }),
              attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: text(value) })),
            },
          ],
        },
      ],
    })),
  };
}

/** A store of its own with the errors API on it. */
export async function openTestErrors() {
  const store = await openTestStore(() => base + 60_000);
  const { app } = createErrorsApi(store.reader);
  const ask = async <Answer>(path: string) => {
    const response = await app.request(path);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  return {
    app,
    store,
    spans: (...spans: TestSpan[]) => store.ingestJson('traces', testTraces(base, spans)),
    lines: (...lines: TestLine[]) => store.ingestJson('logs', testLogs(lines)),
    list: (query = '') => ask<ToldErrors>(`/watchtower/errors?start=${base - 1000}&end=${base + 60_000}${query}`),
    find: (id: string, query = '') =>
      ask<ToldDetail>(`/watchtower/error?start=${base - 1000}&end=${base + 60_000}&id=${id}${query}`),
  };
}
