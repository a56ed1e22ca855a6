import { expect, it } from 'vitest';
import { internal, makeWork, type Work } from '../../shapes/make-traces.test-data';
import { findInTrace } from '../find-in-trace';

const tool = (name: string, asked: string, extra: Partial<Work> = {}): Work =>
  internal('copilot-chat', `execute_tool ${name}`, {
    ...{ ms: 20, ...extra },
    attributes: {
      ...{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name, 'gen_ai.tool.call.arguments': asked },
      ...extra.attributes,
    },
  });
const agent = (...below: Work[]) =>
  internal('copilot-chat', 'invoke_agent', { attributes: { 'gen_ai.operation.name': 'invoke_agent' }, below });
const found = (work: Work) => findInTrace(makeWork(work)).filter(({ rule }) => rule === 'redundant-tool-calls');

it('tells a tool that is called again for the same, with nothing changed between', () => {
  const [finding] = found(
    agent(tool('read_file', 'a'), tool('grep', 'x'), tool('read_file', 'a'), tool('read_file', 'a')),
  );
  expect(finding).toMatchObject({ severity: 'hint', service: 'copilot-chat', evidence: [{ count: 3 }] });
  expect(finding!.sentence).toContain('calls read_file 2 times more for what it had been told already');
});

it('tells it of the spans of Claude Code', () => {
  const read = internal('claude-code', 'claude_code.tool', {
    ...{ ms: 20, attributes: { tool_name: 'Read', file_path: '/a' } },
  });
  expect(found(internal('claude-code', 'claude_code.interaction', { below: [read, read] }))).toHaveLength(1);
});

it.each([
  ['an edit between', agent(tool('read_file', 'a'), tool('apply_patch', 'p'), tool('read_file', 'a'))],
  ['other arguments', agent(tool('read_file', 'a'), tool('read_file', 'b'))],
  ['content that is off', agent(tool('read_file', ''), tool('read_file', ''))],
  ['a first call that failed', agent(tool('read_file', 'a', { error: 'gone' }), tool('read_file', 'a'))],
  ['two agents that ask the same', agent(agent(tool('read_file', 'a')), agent(tool('read_file', 'a')))],
  ['functions that are no tools', agent(internal('shop', 'load', { ms: 5 }), internal('shop', 'load', { ms: 5 }))],
])('does not tell of %s', (_what, work) => {
  expect(found(work)).toEqual([]);
});
