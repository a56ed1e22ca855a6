import { expect, it } from 'vitest';
import { findHarness } from './find-harness';

it.each([
  ['Claude Code', { CLAUDECODE: '1' }, 'claude'],
  [
    'Cursor, whose own variable tells more than that of the terminal it runs in',
    { CLAUDECODE: '1', CURSOR_AGENT: '1' },
    'cursor',
  ],
  ['Codex by the thread that it names', { CODEX_THREAD_ID: '019a' }, 'codex'],
  ['Gemini CLI', { GEMINI_CLI: '1' }, 'gemini'],
  ['OpenCode', { OPENCODE: '1' }, 'opencode'],
  ['one that names itself, with its version', { AI_AGENT: 'claude-code_2.1.0_cli' }, 'claude'],
  ['one that names itself as the proposal has it', { AGENT: 'codex@1.2.3' }, 'codex'],
])('tells %s', (_what, env, harness) => {
  expect(findHarness(env)).toBe(harness);
});

it.each([
  ['nothing is set', {}],
  ['a variable is set to nothing', { CLAUDECODE: '' }],
  ['a variable says no', { CLAUDECODE: '0' }],
  ['AGENT names something that is none', { AGENT: 'pipeline-7' }],
  ['the person turned it off', { CLAUDECODE: '1', WATCHTOWER_AGENT: '0' }],
])('sees a person where %s', (_what, env) => {
  expect(findHarness(env)).toBeNull();
});

it.each([
  ['on, for one that is not known', { WATCHTOWER_AGENT: '1' }, 'other'],
  ['on, where one is seen', { WATCHTOWER_AGENT: '1', GEMINI_CLI: '1' }, 'gemini'],
  ['to one by its name', { WATCHTOWER_AGENT: 'copilot', CLAUDECODE: '1' }, 'copilot'],
])('is turned by WATCHTOWER_AGENT %s', (_what, env, harness) => {
  expect(findHarness(env)).toBe(harness);
});
