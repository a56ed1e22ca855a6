import { expect, it } from 'vitest';
import { requestType } from '../../../bench/peer/request-type';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { validateRequest } from '../otlp/request/validate-request';
import type { Signal } from '../wire/signal';
import { compileRedaction } from './redact-request';
import { withholdAgentContent } from './withhold-agent-content';

const secret = 'do not tell';
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const resource = (service: string) => ({
  attributes: [text('service.name', service), text('prompt', 'of the resource')],
});
const keys = [
  'prompt',
  'tool_parameters',
  'function_args',
  'arguments',
  'gen_ai.input.messages',
  'gen_ai.tool.call.result',
  'gen_ai.prompt.0.content',
  'llm.input_messages.0.message.content',
];
const attributes = [
  ...keys.map((key) => text(key, secret)),
  text('gen_ai.tool.name', 'Bash'),
  text('session.id', 's1'),
];

const logsOf = (service: string, scope = 'x') => ({
  resource: resource(service),
  scopeLogs: [
    {
      scope: { name: scope },
      logRecords: [
        { timeUnixNano: '1', body: { stringValue: 'claude_code.user_prompt' }, attributes },
        { timeUnixNano: '1', body: { stringValue: `the user said: ${secret}` } },
        { timeUnixNano: '1', body: { kvlistValue: { values: [text('content', secret)] } } },
      ],
    },
  ],
});
const spansOf = (service: string) => ({
  resource: resource(service),
  scopeSpans: [
    {
      scope: { name: 'x' },
      spans: [
        {
          traceId: '0af7651916cd43dd8448eb211c80319c',
          spanId: 'b7ad6b7169203331',
          name: 'chat',
          attributes,
          events: [{ name: 'e', timeUnixNano: '1', attributes }],
        },
      ],
    },
  ],
});

function send(signal: Signal, request: object, next: Parameters<typeof withholdAgentContent>[0] = null) {
  const encoded = encodeOtlpJson(signal, request);
  let withheld = 0;
  const sent = withholdAgentContent(next, (values) => {
    withheld += values;
  })(signal, encoded);
  validateRequest(signal, sent);
  const type = requestType(signal);
  return {
    before: encoded,
    sent,
    withheld,
    told: JSON.stringify(type.toObject(type.decode(sent), { longs: String, bytes: String })),
  };
}

it('leaves out of what an agent sends what was said, wherever it stands, and counts it', () => {
  const logs = send('logs', { resourceLogs: [logsOf('claude-code'), logsOf('shop')] });
  // What the shop says is the shop's.
  expect(logs.told.split(secret)).toHaveLength(keys.length + 3);
  expect(logs.told).toContain('claude_code.user_prompt');
  expect(logs.told).toContain('session.id');
  expect(logs.withheld).toBe(keys.length + 3);
  const spans = send('traces', { resourceSpans: [spansOf('codex-cli')] });
  expect(spans.told).not.toContain(secret);
  expect(spans.told).toContain('gen_ai.tool.name');
  expect(spans.withheld).toBe(2 * keys.length + 1);
});

it.each([
  'claude-code',
  'claude-code-desktop',
  'codex_cli_rs',
  'gemini-cli',
  'github-copilot',
  'copilot-chat',
  'cursor',
])('knows %s', (service) => expect(send('traces', { resourceSpans: [spansOf(service)] }).told).not.toContain(secret));

it('knows an agent under another service name by its scope', () => {
  const { told } = send('logs', { resourceLogs: [logsOf('my-agent', 'com.anthropic.claude_code.events')] });
  expect(told).not.toContain(secret);
});

it('passes the requests of all others byte for byte', () => {
  const { before, sent, withheld } = send('traces', { resourceSpans: [spansOf('shop'), spansOf('claude-code-proxy')] });
  expect(sent).toBe(before);
  expect(withheld).toBe(0);
});

it('gives the rules of a person their turn on what is left', () => {
  const rules = compileRedaction([{ action: 'drop', keys: 'session\\.id', enabled: true }]);
  if (!rules || 'problem' in rules) throw new Error('no rules');
  const { told } = send('traces', { resourceSpans: [spansOf('claude-code')] }, rules);
  expect(told).not.toContain('session.id');
  expect(told).not.toContain(secret);
});
