import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentId } from '../../shared/agents/agents';
import type { TellingAgent } from '../agent-telemetry/telemetry-targets';
import { TestAgentMachine } from './test-agent-machine';

let machine: TestAgentMachine;
beforeEach(() => {
  machine = new TestAgentMachine({ GEMINI_CLI_SYSTEM_SETTINGS_PATH: '/nowhere' });
});
afterEach(() => machine.remove());

const turn = async (agent: AgentId, on: boolean, content = false) => {
  const answer = await machine.setup.switchTelemetry(agent, { on, content, dryRun: false });
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer.telemetry;
};

describe.each(['claude', 'codex', 'gemini', 'copilot', 'cursor'] satisfies TellingAgent[])('%s', (agent) => {
  it('is off, sends here without content once switched, with it where asked, and is off again', async () => {
    expect(await machine.setup.telemetry(agent)).toMatchObject({ state: 'off', content: false });
    expect(await turn(agent, true)).toMatchObject({ state: 'on', content: false });
    expect(await turn(agent, true, true)).toMatchObject({ state: 'on', content: true });
    expect(await turn(agent, true)).toMatchObject({ state: 'on', content: false });
    expect(await turn(agent, false)).toMatchObject({ state: 'off', content: false });
  });
});

it('writes what each agent reads', async () => {
  await turn('claude', true);
  expect(JSON.parse(machine.read('~/.claude/settings.json')).env).toMatchObject({
    CLAUDE_CODE_ENABLE_TELEMETRY: '1',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:25018',
  });
  await turn('codex', true);
  expect(machine.read('~/.codex/config.toml')).toBe(`[otel]
exporter = { otlp-http = { endpoint = "http://127.0.0.1:25018/v1/logs", protocol = "binary" } }
trace_exporter = { otlp-http = { endpoint = "http://127.0.0.1:25018/v1/traces", protocol = "binary" } }
metrics_exporter = { otlp-http = { endpoint = "http://127.0.0.1:25018/v1/metrics", protocol = "binary" } }
log_user_prompt = false
`);
  await turn('gemini', true);
  expect(JSON.parse(machine.read('~/.gemini/settings.json')).telemetry).toMatchObject({
    target: 'local',
    logPrompts: false,
  });
  await turn('copilot', true);
  expect(JSON.parse(machine.read('~/.config/Code/User/settings.json'))).toMatchObject({
    'github.copilot.chat.otel.enabled': true,
    'github.copilot.chat.otel.captureContent': false,
  });
});

it('says where it is sent elsewhere, and brings that back', async () => {
  const text =
    '{"telemetry":{"enabled":true,"target":"gcp","otlpEndpoint":"https://otel.example.com","logPrompts":true}}';
  machine.write('~/.gemini/settings.json', text);
  expect(await machine.setup.telemetry('gemini')).toMatchObject({ state: 'elsewhere', content: true });
  expect(await turn('gemini', true)).toMatchObject({ state: 'on', content: false });
  await turn('gemini', false);
  expect(machine.read('~/.gemini/settings.json')).toBe(text);
});

it('says that managed settings win, and of which file, without their values', async () => {
  machine.write('managed.json', '{"telemetry":{"enabled":false,"otlpEndpoint":"https://token@corp.example"}}');
  const other = new TestAgentMachine({ GEMINI_CLI_SYSTEM_SETTINGS_PATH: machine.path('managed.json') });
  const state = await other.setup.telemetry('gemini');
  other.remove();
  expect(state.managed).toEqual([
    { shown: machine.path('managed.json'), keys: ['telemetry.enabled', 'telemetry.otlpEndpoint'] },
  ]);
  expect(state.notes[0]).toContain('Managed settings win');
  expect(JSON.stringify(state)).not.toContain('token@');
});

it('leaves a file that it cannot read, and says where', async () => {
  machine.write('~/.claude/settings.json', '{"env": }');
  const answer = await machine.setup.switchTelemetry('claude', { on: true, content: false, dryRun: false });
  expect(answer).toMatchObject({
    telemetry: { state: 'unreadable' },
    changes: [{ problem: { message: expect.stringMatching(/line 1, column 9/) } }],
  });
  expect(machine.read('~/.claude/settings.json')).toBe('{"env": }');
});

it('leaves what a person switched on, and says so; what stands as we would write it goes', async () => {
  machine.write('~/.gemini/settings.json', '{"telemetry":{"enabled":true,"target":"gcp"}}');
  const { state, notes } = await turn('gemini', false);
  expect([state, notes[0]]).toEqual(['elsewhere', expect.stringContaining('not Watchtower switched it on')]);
  await turn('claude', true);
  const text = machine.read('~/.claude/settings.json');
  await turn('claude', false);
  machine.write('~/.claude/settings.json', text);
  expect(await turn('claude', false)).toMatchObject({ state: 'off' });
});

it('says of an agent that sends nothing that it does', async () => {
  expect(await machine.setup.switchTelemetry('opencode', { on: true, content: false, dryRun: false })).toMatchObject({
    problem: { kind: 'agent-no-telemetry' },
  });
});
