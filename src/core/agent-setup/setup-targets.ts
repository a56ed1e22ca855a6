import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentId } from '../../shared/agents/agents';
import type { Target } from '../agent-files/change-file';
import type { Edit, Setting } from '../agent-files/edit/edit';
import { valueAt } from '../agent-files/edit/edit-json';
import { isObject, readJson } from '../agent-files/edit/read-json';
import {
  codexFolder,
  copilotFolder,
  geminiFolder,
  namedHome,
  openCodeFolder,
  type Places,
  show,
  vsCodeFolder,
} from '../agent-files/places';
import { cursorHooks } from '../agent-telemetry/cursor-hooks';
import { type RulesFacts, renderBlock, renderCursorRule, renderSkill } from './rules';
import { sessionHook } from './session-hook';

export interface SetupFacts extends RulesFacts {
  /** Program and first arguments that start `watchtower` without a shell. */
  readonly words: readonly [string, ...string[]];
  /** Whether what is started that way can read standard input. */
  readonly hasInput: boolean;
}

interface Wanted {
  readonly targets: Target[];
  readonly notes: string[];
}

/** What setting an agent up writes. What is shared by a team stands in the repository; what names this machine, in the home. */
export function setupTargets(agent: AgentId, places: Places, facts: SetupFacts): Wanted {
  const { folder } = places;
  const notes: string[] = [];
  const at = (part: Target['part'], path: string, edit: Edit): Target => ({
    agents: [agent],
    part,
    path,
    shown: show(path, places),
    edit,
  });
  const block: Edit = { kind: 'block', text: renderBlock(facts) };
  const stdio = stdioOf(facts, places);
  switch (agent) {
    case 'claude':
      return {
        targets: [
          at('mcp', join(folder, '.mcp.json'), server(['mcpServers'], stdio)),
          at('rules', join(folder, '.claude', 'skills', 'watchtower', 'SKILL.md'), {
            kind: 'whole',
            text: renderSkill(facts),
          }),
          // What names this machine is not the team's.
          at('hooks', join(folder, '.claude', 'settings.local.json'), {
            kind: 'json',
            settings: [sessionHook('claude', places, facts.words)],
          }),
        ],
        notes: ['Claude Code asks once whether the server of `.mcp.json` may be used: say yes, or look with `/mcp`.'],
      };
    case 'cursor':
      return {
        targets: [
          at('mcp', join(folder, '.cursor', 'mcp.json'), server(['mcpServers'], stdio)),
          at('rules', join(folder, '.cursor', 'rules', 'watchtower.mdc'), {
            kind: 'whole',
            text: renderCursorRule(facts),
          }),
          ...cursorHooks(places, facts.words),
        ],
        notes: ['Switch the server on under Cursor Settings → Tools & MCP.'],
      };
    case 'codex':
      return {
        targets: [
          at('mcp', join(codexFolder(places), 'config.toml'), {
            kind: 'toml',
            settings: [{ path: ['mcp_servers', 'watchtower'], value: stdio }],
          }),
          at('rules', join(folder, 'AGENTS.md'), block),
        ],
        notes,
      };
    case 'copilot': {
      const local = copilotFolder(places);
      return {
        targets: [
          at('mcp', join(folder, '.vscode', 'mcp.json'), server(['servers'], { type: 'stdio', ...stdio })),
          ...(existsSync(local)
            ? [
                at(
                  'mcp',
                  join(local, 'mcp-config.json'),
                  server(['mcpServers'], { type: 'local', ...stdio, tools: ['*'] }),
                ),
              ]
            : []),
          at('rules', join(folder, '.github', 'copilot-instructions.md'), block),
        ],
        notes: existsSync(vsCodeFolder(places)) ? ['In VS Code, start the server once: `MCP: List Servers`.'] : notes,
      };
    }
    case 'gemini':
      return {
        targets: [
          at(
            'mcp',
            join(folder, '.gemini', 'settings.json'),
            server(['mcpServers'], stdio, sessionHook('gemini', places, facts.words)),
          ),
          at('rules', join(folder, 'GEMINI.md'), block),
        ],
        notes: existsSync(geminiFolder(places))
          ? ['Gemini CLI starts servers of trusted folders alone: look with `/mcp`.']
          : notes,
      };
    case 'opencode': {
      const config = openCodeConfig(places, notes);
      const { command, args, env: environment } = stdio;
      const entry = { type: 'local', command: [command, ...args], enabled: true, ...(environment && { environment }) };
      return {
        targets: [at('mcp', config.path, server(config.below, entry)), at('rules', join(folder, 'AGENTS.md'), block)],
        notes,
      };
    }
  }
}

interface Stdio {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

function stdioOf({ words: [command, ...args] }: SetupFacts, places: Places): Stdio {
  const home = namedHome(places);
  return { command, args: [...args, 'mcp'], ...(home && { env: { WATCHTOWER_HOME: home } }) };
}

const server = (below: readonly string[], value: unknown, ...more: Setting[]): Edit => ({
  kind: 'json',
  settings: [{ path: [...below, 'watchtower'], value }, ...more],
});

/** OpenCode reads several names, and its second version keeps servers a level deeper. */
function openCodeConfig(places: Places, notes: string[]): { path: string; below: string[] } {
  const names = [
    'opencode.json',
    'opencode.jsonc',
    join('.opencode', 'opencode.json'),
    join('.opencode', 'opencode.jsonc'),
  ];
  const there = names.map((name) => join(places.folder, name)).filter((path) => existsSync(path));
  const path = there.find((file) => isObject(mcpOf(file))) ?? there[0] ?? join(places.folder, names[0]!);
  if (there.length > 1)
    notes.push(`OpenCode has ${there.map((file) => show(file, places)).join(' and ')}: ${show(path, places)} is used.`);
  const own = mcpOf(path) ?? mcpOf(join(openCodeFolder(places), 'opencode.json'));
  const isSecond = isObject(own) && isObject(own.servers) && !('type' in own.servers);
  return { path, below: isSecond ? ['mcp', 'servers'] : ['mcp'] };
}

function mcpOf(path: string): unknown {
  try {
    const read = readJson(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
    return 'problem' in read ? undefined : valueAt(read.value, ['mcp']);
  } catch {
    return undefined;
  }
}
