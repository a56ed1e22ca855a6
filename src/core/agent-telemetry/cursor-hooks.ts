import { join } from 'node:path';
import type { Target } from '../agent-files/change-file';
import { commandLine } from '../agent-files/command-line';
import { cursorFolder, type Places, show } from '../agent-files/places';

/**
 * Those that tell a session's story once: tools by their general events, which also tell of shell and MCP. Before these two, which Cursor may
 * ask the person about, the time is taken; the answer has no permission in it, and so decides nothing.
 */
export const cursorHookEvents = [
  'sessionStart',
  'sessionEnd',
  'beforeSubmitPrompt',
  'beforeShellExecution',
  'beforeMCPExecution',
  'postToolUse',
  'postToolUseFailure',
  'subagentStop',
  'afterAgentResponse',
  'preCompact',
  'stop',
] as const;

/** Cursor's hooks, which stand in the home: they run a program of this machine, and one place tells no event twice. */
export function cursorHooks(
  places: Places,
  words: readonly string[],
  { content = false }: { content?: boolean } = {},
): Target[] {
  const path = join(cursorFolder(places), 'hooks.json');
  const command = commandLine(words, places, 'hook', 'cursor', ...(content ? ['--content'] : []));
  return [
    {
      agents: ['cursor'],
      part: 'hooks',
      path,
      shown: show(path, places),
      edit: {
        kind: 'json',
        settings: [
          { path: ['version'], value: 1 },
          ...cursorHookEvents.map((event) => ({
            path: ['hooks', event],
            value: { command, timeout: 5 },
            inList: true as const,
          })),
        ],
      },
    },
  ];
}
