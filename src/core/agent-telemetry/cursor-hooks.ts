import { join } from 'node:path';
import type { Target } from '../agent-files/change-file';
import { cursorFolder, namedHome, type Places, show } from '../agent-files/places';
import { quoteForPosix, quoteForWindows } from '../snippets/quote-for-shell';

/** Those that tell a session's story once: tools by their general events, which also tell of shell and MCP. */
export const cursorHookEvents = [
  'sessionStart',
  'sessionEnd',
  'beforeSubmitPrompt',
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
  const quote = places.platform === 'win32' ? quoteForWindows : quoteForPosix;
  const command = [...withHome(words, places), 'hook', 'cursor', ...(content ? ['--content'] : [])]
    .map(quote)
    .join(' ');
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

function withHome(words: readonly string[], places: Places): readonly string[] {
  const home = namedHome(places);
  return home && places.platform !== 'win32' ? ['env', `WATCHTOWER_HOME=${home}`, ...words] : words;
}
