import { expect, it } from 'vitest';
import { findAgentSession } from './find-agent-session';

it.each([
  ['a person', {}, undefined],
  ['an agent that tells no session', { GEMINI_CLI: '1' }, { harness: 'gemini' }],
  ['Claude Code', { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'c' }, { harness: 'claude', session: 'c' }],
  ['Codex', { CODEX_THREAD_ID: 't' }, { harness: 'codex', session: 't' }],
  [
    'one agent that another runs',
    { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'c', CODEX_THREAD_ID: 't' },
    { harness: 'codex', session: 't' },
  ],
  ['a session that is none', { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'x'.repeat(501) }, { harness: 'claude' }],
  [
    'one whom the person turned off',
    { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'c', WATCHTOWER_AGENT: '0' },
    undefined,
  ],
])('tells on whose behalf a program runs: %s', (_whose, env, told) => {
  expect(findAgentSession(env)).toEqual(told);
});
