import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentTelemetry } from '../../shared/contract/agents';
import { isObject, readJson } from '../agent-files/edit/read-json';
import { readToml } from '../agent-files/edit/read-toml';
import type { Places } from '../agent-files/places';
import type { TellingAgent } from './telemetry-targets';

/** Folders and files that an organisation manages: what they say wins over the user's settings. */
function managedFiles(agent: TellingAgent, { env, platform }: Places): string[] {
  const programFiles = env.ProgramFiles ?? 'C:\\Program Files';
  const programData = env.ProgramData ?? 'C:\\ProgramData';
  const place = (linux: string, mac: string, windows: string) =>
    platform === 'win32' ? windows : platform === 'darwin' ? mac : linux;
  switch (agent) {
    case 'claude': {
      const folder = place(
        '/etc/claude-code',
        '/Library/Application Support/ClaudeCode',
        join(programFiles, 'ClaudeCode'),
      );
      return [
        join(folder, 'managed-settings.json'),
        ...jsonIn(join(folder, 'managed-settings.d')),
        // Where it stood in versions of before.
        ...(platform === 'win32' ? [join(programData, 'ClaudeCode', 'managed-settings.json')] : []),
      ];
    }
    case 'codex': {
      const folder = place('/etc/codex', '/etc/codex', join(programData, 'OpenAI', 'Codex'));
      return ['managed_config.toml', 'requirements.toml'].map((name) => join(folder, name));
    }
    case 'gemini': {
      const own = place('/etc/gemini-cli', '/Library/Application Support/GeminiCli', join(programData, 'gemini-cli'));
      return [env.GEMINI_CLI_SYSTEM_SETTINGS_PATH || join(own, 'settings.json')];
    }
    case 'copilot': {
      const folder = place(
        '/etc/github-copilot',
        '/Library/Application Support/GitHubCopilot',
        join(programData, 'GitHubCopilot'),
      );
      // VS Code reads policies from a file on Linux alone; elsewhere they are the system's.
      return [
        join(folder, 'managed-settings.json'),
        ...(platform === 'linux' ? [join('/etc', 'vscode', 'policy.json')] : []),
      ];
    }
    case 'cursor': {
      return [
        join(place('/etc/cursor', '/Library/Application Support/Cursor', join(programData, 'Cursor')), 'hooks.json'),
      ];
    }
  }
}

const about: Record<TellingAgent, RegExp> = {
  claude: /^env\.(OTEL_|CLAUDE_CODE_(ENABLE_TELEMETRY|ENHANCED_TELEMETRY))|^otelHeadersHelper/,
  codex: /^otel(\.|$)/,
  gemini: /^telemetry\./,
  copilot: /^telemetry\.|^github\.copilot\.chat\.otel\.|^\w*copilot\w*otel/i,
  cursor: /^hooks\./,
};

/** What managed settings say of an agent's telemetry, by the names of the settings; no value of them. */
export function readManaged(agent: TellingAgent, places: Places): AgentTelemetry['managed'] {
  return managedFiles(agent, places).flatMap((path) => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
    } catch {
      return [];
    }
    const read = path.endsWith('.toml') ? readToml(text) : readJson(text);
    if ('problem' in read) return [{ shown: path, keys: [] }];
    const keys = namesIn(read.value, []).filter((name) => about[agent].test(name));
    return keys.length > 0 ? [{ shown: path, keys }] : [];
  });
}

function namesIn(value: unknown, above: readonly string[]): string[] {
  if (!isObject(value) || above.length > 3) return [above.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => namesIn(inner, [...above, key]));
}

function jsonIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
