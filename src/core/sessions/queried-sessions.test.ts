import { afterEach, expect, it } from 'vitest';
import { LokiClient } from '../telemetry/loki-client';
import { PrometheusClient } from '../telemetry/prometheus-client';
import { openScriptedBackend, type ScriptedBackend } from '../telemetry/request/scripted-backend';
import { TempoClient } from '../telemetry/tempo-client';
import { QueriedSessions } from './queried-sessions';
import { noon } from './test-sessions';

let backend: ScriptedBackend;
afterEach(() => backend.close());

const traceId = 'a'.repeat(32);
const nanos = (ms: number) => `${noon + ms}000000`;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const number = (key: string, intValue: string) => ({ key, value: { intValue } });

/** One call of Claude Code's as a line with labels, and as its counter; one conversation of Copilot's as a span and a line within it. */
const answers = {
  '/loki/api/v1/query_range': [
    200,
    {
      data: {
        resultType: 'streams',
        result: [
          {
            stream: {
              ...{
                service_name: 'claude-code',
                scope_name: 'com.anthropic.claude_code.events',
                event_name: 'api_request',
              },
              ...{ session_id: 's', model: 'm', input_tokens: '10', output_tokens: '5', cost_usd: '0.25' },
            },
            values: [[nanos(0), 'claude_code.api_request']],
          },
          {
            stream: {
              ...{ service_name: 'copilot-chat', event_name: 'copilot_chat.tool.call', gen_ai_tool_name: 'grep' },
              ...{ success: 'false', trace_id: traceId },
            },
            values: [[nanos(10), 'copilot_chat.tool.call: grep']],
          },
        ],
      },
    },
  ],
  '/api/search': [200, { traces: [{ traceID: traceId, startTimeUnixNano: nanos(0), durationMs: 10 }] }],
  [`/api/v2/traces/${traceId}`]: [
    200,
    {
      trace: {
        resourceSpans: [
          {
            resource: { attributes: [text('service.name', 'copilot-chat')] },
            scopeSpans: [
              {
                spans: [
                  {
                    ...{ traceId, spanId: 'b'.repeat(16), name: 'chat gpt-5' },
                    ...{ startTimeUnixNano: nanos(0), endTimeUnixNano: nanos(20) },
                    attributes: [
                      ...[text('gen_ai.operation.name', 'chat'), text('gen_ai.conversation.id', 'talk')],
                      ...[number('gen_ai.usage.input_tokens', '100'), number('gen_ai.usage.output_tokens', '7')],
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    },
  ],
  '/api/v1/query': [
    200,
    {
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { __name__: 'claude_code_token_usage_tokens_total', session_id: 's', model: 'm', type: 'input' },
            // It began anew in between.
            values: [
              [noon / 1000 - 60, '4'],
              [noon / 1000 - 30, '6'],
              [noon / 1000, '3'],
            ],
          },
        ],
      },
    },
  ],
} as const;

async function sessionsOf(answered: Parameters<typeof openScriptedBackend>[0]) {
  backend = await openScriptedBackend(answered);
  const endpoint = () => ({ base: backend.base });
  const clients = {
    tempo: new TempoClient(endpoint),
    loki: new LokiClient(endpoint),
    prometheus: new PrometheusClient(endpoint),
  };
  return new QueriedSessions({ ...clients, now: () => noon + 1000 });
}

const window = { from: noon - 3_600_000, to: noon + 60_000 };

it('makes sessions of what the query APIs of any backend answer', async () => {
  const sessions = await sessionsOf(answers);
  const { sessions: listed, leftOut } = await sessions.list(window, 10);
  expect(leftOut).toEqual([]);
  expect(listed).toMatchObject([
    {
      id: 'talk',
      agent: 'copilot',
      modelCalls: 1,
      failedTools: 1,
      usage: [{ tokens: { input: 100, output: 7 }, usd: null }],
    },
    {
      ...{ id: 's', agent: 'claude', modelCalls: 1, usage: [{ tokens: { input: 10, output: 5 }, usd: 0.25 }] },
      differences: ['10 input tokens by its model calls, 9 by its metrics: counted are those of the calls'],
    },
  ]);
  expect(await sessions.find('ta', { limit: 10 })).toMatchObject({ session: { id: 'talk' }, total: 2 });
  expect(await sessions.find('nobody', {})).toBeNull();
});

it('says which API could not be asked, and tells what the others know', async () => {
  const sessions = await sessionsOf({ ...answers, '/api/search': [500, 'out of order'] });
  const { sessions: listed, leftOut } = await sessions.list(window, 10);
  expect(listed.map(({ id }) => id)).toEqual(['s']);
  expect(leftOut).toEqual([expect.stringMatching(/^Traces could not be asked for: /)]);
});
