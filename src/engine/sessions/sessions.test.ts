import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssembledDetail, AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import { ask, type RunningEngine, startTestEngine } from '../runs/test-running-engine';
import { TestAgent } from './test-agent';
import { Claude } from './test-claude';
import { Codex } from './test-codex';
import { Gemini } from './test-gemini';

// Whole engine, official SDKs: the agents' own shapes, against sums that the test keeps by itself.

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startTestEngine();
}, 60_000);
afterAll(() => engine.close());

const settled = () => ask(engine.ports.tempo, '/watchtower/settled', { timeout: '30000' });
const show = (ref: string, limit = 2000): Promise<AssembledDetail> =>
  ask(engine.ports.tempo, '/watchtower/session', { ref, limit: String(limit) });

const sum = (rows: AssembledSession['usage']) => {
  const total = { input: 0, output: 0, cacheRead: 0, cacheCreation: 0, usd: 0 };
  for (const { tokens, usd } of rows) {
    for (const kind of ['input', 'output', 'cacheRead', 'cacheCreation'] as const) total[kind] += tokens[kind];
    total.usd += usd ?? 0;
  }
  return { ...total, usd: Number(total.usd.toFixed(9)) };
};

let count = 0;
const newId = (agent: string) => `${agent}-session-${++count}`;
const start = Date.now() - 3_600_000;

describe('sessions of Claude Code', () => {
  it('count each model call once, though events, spans and counters tell of it', async () => {
    const claude = new Claude(newId('claude'), engine.ports.otlpHttp);
    claude.tell(start, 'user_prompt', { prompt: 'Make the tests pass', prompt_length: 19, 'prompt.id': 'p1' });
    claude.call(start + 2000, [10, 20, 3000, 400], 0.0125);
    claude.tell(start + 2500, 'tool_decision', {
      ...{ tool_name: 'Bash', tool_use_id: 'tu1', decision: 'accept', source: 'user_temporary' },
    });
    claude.tell(start + 4000, 'tool_result', {
      ...{ tool_name: 'Bash', tool_use_id: 'tu1', success: 'false', duration_ms: '1500', error: 'exit 1' },
      ...{ tool_input: '{"command":"npm test"}', tool_result_size_bytes: '120' },
    });
    claude.call(start + 6000, [7, 90, 3400, 0], 0.004);
    claude.tell(start + 7000, 'api_error', {
      model: 'claude-sonnet-4-5',
      error: 'overloaded',
      status_code: 529,
      attempt: 1,
    });
    claude.call(start + 9000, [1, 2, 3, 4], 0.0001);
    claude.tell(start + 9500, 'compaction', { pre_tokens: 9000, post_tokens: 800, trigger: 'auto' });
    await claude.flush();
    await settled();
    const { session, entries, tools } = await show(claude.session);
    expect(sum(session.usage)).toEqual(claude.ledger.sums);
    expect(session).toMatchObject({
      ...{ agent: 'claude', agentTitle: 'Claude Code', title: 'Make the tests pass', prompts: 1, modelCalls: 3 },
      ...{ toolCalls: 1, failedTools: 1, errors: 1, retries: 1, waits: 1, compactions: 1, differences: [] },
      sources: ['events', 'spans', 'metrics'],
    });
    expect(entries.map(({ kind }) => kind)).toEqual([
      ...['prompt', 'model-call', 'tool-call', 'model-call', 'error', 'model-call', 'compaction'],
    ]);
    expect(tools).toEqual([{ tool: 'Bash', calls: 1, failed: 1, redundant: 0, totalMs: 1500 }]);
    await claude.close();
  });

  it('are told from counters alone where nothing else is switched on', async () => {
    const claude = new Claude(newId('claude'), engine.ports.otlpHttp);
    const only = { event: false, span: false, metric: true };
    claude.call(start, [1, 2, 3, 4], 0.5, only);
    await claude.flush();
    claude.call(start, [10, 20, 30, 40], 0.25, only);
    await claude.flush();
    await settled();
    const { session } = await show(claude.session);
    expect(sum(session.usage)).toEqual(claude.ledger.sums);
    expect(session).toMatchObject({ agent: 'claude', agentTitle: 'Claude Code', modelCalls: 0, sources: ['metrics'] });
    await claude.close();
  });

  it('say where counters and events differ, and count what the events lack', async () => {
    const claude = new Claude(newId('claude'), engine.ports.otlpHttp);
    claude.call(start, [100, 10, 0, 0], 0.1);
    claude.call(start + 1000, [50, 5, 0, 0], 0.05, { event: false, span: false, metric: true });
    await claude.flush();
    await settled();
    const { session } = await show(claude.session);
    expect(sum(session.usage)).toEqual(claude.ledger.sums);
    expect(session.differences).toContain(
      '100 input tokens by its model calls, 150 by its metrics: counted are those of the metrics',
    );
    await claude.close();
  });

  it('lose and double nothing when the engine is killed and the SDK sends again', async () => {
    const claude = new Claude(newId('claude'), engine.ports.otlpHttp);
    for (let round = 0; round < 2; round++) {
      claude.call(start + round * 1000, [11 + round, 13, 17, 19], 0.003);
      await claude.flush();
      await engine.kill();
      // What is told while nobody listens waits in the SDK, which tries again.
      claude.call(start + round * 1000 + 500, [23, 29 + round, 31, 37], 0.007);
      const sent = claude.flush();
      await engine.start();
      await sent;
    }
    await settled();
    const { session } = await show(claude.session);
    expect(sum(session.usage)).toEqual(claude.ledger.sums);
    expect(session).toMatchObject({ modelCalls: 4, differences: [] });
    await claude.close();
  }, 120_000);
});

describe('sessions of other agents', () => {
  it('of Codex are made of its records, with the cached part of its input apart', async () => {
    const codex = new Codex(newId('codex'), engine.ports.otlpHttp);
    codex.tell(start, 'conversation_starts', { provider_name: 'openai' });
    codex.tell(start + 10, 'user_prompt', { prompt_length: '12', prompt: '[REDACTED]' });
    codex.call(start + 1000, 1000, 600, 200, 150);
    codex.tell(start + 1500, 'tool_decision', {
      tool_name: 'shell',
      call_id: 'c1',
      decision: 'approved',
      source: 'User',
    });
    codex.tell(start + 2000, 'tool_result', {
      ...{
        tool_name: 'shell',
        call_id: 'c1',
        arguments: '{"command":["ls"]}',
        duration_ms: '300',
        success: 'true',
        output: 'a b',
      },
    });
    codex.tell(start + 2100, 'api_request', { attempt: 1, duration_ms: '20', 'http.response.status_code': 500 });
    codex.call(start + 3000, 1300, 1000, 40, 0);
    await codex.flush();
    await settled();
    const { session, entries } = await show(codex.session);
    expect(sum(session.usage)).toEqual(codex.ledger.sums);
    // No cost is told: none is there, not even zero.
    expect(session.usage.map(({ usd }) => usd)).toEqual([null, null]);
    expect(session).toMatchObject({
      ...{
        agent: 'codex',
        version: '0.140.0',
        prompts: 1,
        modelCalls: 2,
        toolCalls: 1,
        waits: 1,
        errors: 1,
        retries: 1,
      },
    });
    expect(entries.find(({ kind }) => kind === 'prompt')).toMatchObject({ text: null, length: 12 });
    expect(entries.find(({ kind }) => kind === 'tool-call')).toMatchObject({
      ...{ arguments: '{"command":["ls"]}', result: 'a b', ok: true, durationMs: 300 },
    });
    await codex.close();
  });

  it('of Gemini CLI count a call once that its own event, one of the conventions and its counters tell', async () => {
    const gemini = new Gemini(newId('gemini'), engine.ports.otlpHttp);
    gemini.tell(start, 'gemini_cli.user_prompt', { prompt: 'hello', prompt_length: 5, prompt_id: 'p1' });
    gemini.call(start + 1000, [1000, 300, 50, 25, 5]);
    gemini.tell(start + 2000, 'gemini_cli.tool_call', {
      ...{
        function_name: 'read_file',
        function_args: '{"path":"a"}',
        duration_ms: 12,
        success: true,
        decision: 'accept',
      },
    });
    await gemini.flush();
    gemini.call(start + 3000, [1500, 900, 5, 0, 0]);
    gemini.tell(start + 4000, 'gemini_cli.chat_compression', { tokens_before: 1500, tokens_after: 100 });
    await gemini.flush();
    await settled();
    const { session } = await show(gemini.session);
    expect(sum(session.usage)).toEqual(gemini.ledger.sums);
    expect(session).toMatchObject({
      ...{ agent: 'gemini', title: 'hello', modelCalls: 2, toolCalls: 1, waits: 1, compactions: 1, differences: [] },
      sources: ['events', 'metrics'],
    });
    await gemini.close();
  });

  it('of GitHub Copilot are made of its spans, with the records that are told within them', async () => {
    const scopes = { logs: 'copilot-chat', metrics: 'copilot-chat', traces: 'copilot-chat' };
    const copilot = new TestAgent({ port: engine.ports.otlpHttp, service: 'copilot-chat', scopes });
    const id = newId('copilot');
    const conversation = { 'gen_ai.conversation.id': id };
    const agent = copilot.span('invoke_agent GitHub Copilot Chat', {
      ...{ from: start, to: start + 9000 },
      attributes: {
        ...{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'GitHub Copilot Chat', ...conversation },
        ...{
          'gen_ai.usage.input_tokens': 3000,
          'gen_ai.usage.output_tokens': 60,
          'copilot_chat.user_request': 'Fix it',
        },
      },
    });
    const chat = (from: number, input: number, cached: number, output: number, parent = agent) => {
      const usage = { 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output };
      const model = {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-5',
        'gen_ai.response.id': `c${from}`,
      };
      const span = copilot.span('chat gpt-5', {
        ...{ from, to: from + 500, parent },
        attributes: { ...model, ...usage, 'gen_ai.usage.cache_read.input_tokens': cached },
      });
      copilot.event(
        from + 500,
        'GenAI inference: gpt-5',
        {
          ...{ 'event.name': 'gen_ai.client.inference.operation.details', ...model, ...usage },
        },
        span,
      );
    };
    chat(start + 100, 1000, 0, 20);
    const tool = copilot.span('execute_tool runSubagent', {
      ...{ from: start + 1000, to: start + 5000, parent: agent },
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'runSubagent',
        'gen_ai.tool.call.id': 't1',
      },
    });
    copilot.event(
      start + 5000,
      'copilot_chat.tool.call: runSubagent',
      {
        ...{
          'event.name': 'copilot_chat.tool.call',
          'gen_ai.tool.name': 'runSubagent',
          duration_ms: 4000,
          success: true,
        },
      },
      tool,
    );
    const sub = copilot.span('invoke_agent explore', {
      ...{ from: start + 1100, to: start + 4900, parent: tool },
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'explore' },
    });
    chat(start + 1200, 500, 100, 10, sub);
    chat(start + 6000, 1500, 1000, 30);
    await copilot.flush();
    await settled();
    const { session, entries } = await show(id);
    expect(sum(session.usage)).toEqual({ input: 3000 - 1100, cacheRead: 1100, cacheCreation: 0, output: 60, usd: 0 });
    expect(session).toMatchObject({
      ...{ agent: 'copilot', title: 'Fix it', prompts: 1, modelCalls: 3, toolCalls: 1, subagents: 1, failedTools: 0 },
    });
    expect(entries.flatMap((entry) => (entry.kind === 'model-call' ? [entry.subagent ?? 'main'] : []))).toEqual([
      ...['main', 'explore', 'main'],
    ]);
    await copilot.close();
  });
});
