import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { AgentId } from '../../shared/agents/agents';
import {
  claudeFolder,
  codexFolder,
  copilotFolder,
  cursorFolder,
  geminiFolder,
  openCodeFolder,
  type Places,
  show,
  vsCodeFolder,
} from '../agent-files/places';

const programs: Record<AgentId, readonly string[]> = {
  claude: ['claude'],
  cursor: ['cursor', 'cursor-agent'],
  codex: ['codex'],
  copilot: ['copilot'],
  gemini: ['gemini'],
  opencode: ['opencode'],
};

/** What an agent keeps in a repository that uses it. `AGENTS.md` and `.vscode` tell of none in particular. */
const inRepository: Record<AgentId, readonly string[]> = {
  claude: ['.claude', 'CLAUDE.md', '.mcp.json'],
  cursor: ['.cursor', '.cursorrules'],
  codex: ['.codex'],
  copilot: [join('.github', 'copilot-instructions.md'), join('.github', 'instructions'), join('.vscode', 'mcp.json')],
  gemini: ['.gemini', 'GEMINI.md'],
  opencode: ['opencode.json', 'opencode.jsonc', '.opencode'],
};

const inHome: Record<AgentId, (places: Places) => readonly string[]> = {
  claude: (places) => [claudeFolder(places), join(places.home, '.claude.json')],
  cursor: (places) => [cursorFolder(places)],
  codex: (places) => [codexFolder(places)],
  copilot: (places) => [copilotFolder(places), join(vsCodeFolder(places), 'globalStorage', 'github.copilot-chat')],
  gemini: (places) => [geminiFolder(places)],
  opencode: (places) => [openCodeFolder(places)],
};

/** What tells that an agent is used on this machine or in this repository, as a person reads it; empty where nothing does. */
export function findInstalled(agent: AgentId, places: Places): string[] {
  const files = [...inHome[agent](places), ...inRepository[agent].map((name) => join(places.folder, name))];
  const seen = files.filter((path) => existsSync(path)).map((path) => show(path, places));
  return [...seen, ...programs[agent].filter((name) => isOnPath(name, places)).map((name) => `the program ${name}`)];
}

function isOnPath(name: string, { env, platform }: Places): boolean {
  const names = platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .some((folder) => names.some((file) => mayRun(join(folder, file))));
}

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
