import { commandLine } from '../agent-files/command-line';
import type { Setting } from '../agent-files/edit/edit';
import type { Places } from '../agent-files/places';

/** Claude Code counts seconds, Gemini CLI milliseconds. */
const timeouts = { claude: 5, gemini: 5_000 } as const;

/** The hook that tells a session, as it begins, what Watchtower sees: for the agents that take context from one. */
export function sessionHook(agent: 'claude' | 'gemini', places: Places, words: readonly string[]): Setting {
  const hook = { type: 'command', command: commandLine(words, places, 'hook', agent), timeout: timeouts[agent] };
  return { path: ['hooks', 'SessionStart'], value: { hooks: [hook] }, inList: true };
}
