import { join } from 'node:path';
import type { AgentId } from '../../shared/agents/agents';
import type { Target } from '../agent-files/change-file';
import type { Setting } from '../agent-files/edit/edit';
import { claudeFolder, codexFolder, geminiFolder, type Places, show, vsCodeFolder } from '../agent-files/places';
import { cursorHooks } from './cursor-hooks';

/** The agents that can tell what they do. */
export type TellingAgent = Exclude<AgentId, 'opencode'>;

export interface OtlpEndpoints {
  /** Base URL. */
  readonly http: string;
}

/** What makes an agent send here, with its content or without. */
export function telemetryTargets(
  agent: TellingAgent,
  places: Places,
  { endpoint, words, content }: { endpoint: OtlpEndpoints; words: readonly string[]; content: boolean },
): Target[] {
  if (agent === 'cursor') return cursorHooks(places, words, { content });
  const path = telemetryFile(agent, places);
  const kind = agent === 'codex' ? ('toml' as const) : ('json' as const);
  const settings = settingsOf[agent](endpoint.http.replace(/\/$/, ''), content);
  return [
    { agents: [agent], part: 'telemetry', path, shown: show(path, places), edit: { kind, settings }, replaces: true },
  ];
}

export function telemetryFile(agent: TellingAgent, places: Places): string {
  switch (agent) {
    case 'claude':
      return join(claudeFolder(places), 'settings.json');
    case 'codex':
      return join(codexFolder(places), 'config.toml');
    case 'gemini':
      return join(geminiFolder(places), 'settings.json');
    case 'copilot':
      return join(vsCodeFolder(places), 'settings.json');
    case 'cursor':
      return join(places.home, '.cursor', 'hooks.json');
  }
}

const settingsOf: Record<Exclude<TellingAgent, 'cursor'>, (endpoint: string, content: boolean) => Setting[]> = {
  claude: (endpoint, content) => [
    ...variables({
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    }),
    ...(content ? variables(Object.fromEntries(claudeContent.map((name) => [name, '1']))) : []),
  ],
  // Its exporters take the address of a signal as it is.
  codex: (endpoint, content) => [
    { path: ['otel', 'exporter'], value: codexExporter(`${endpoint}/v1/logs`) },
    { path: ['otel', 'trace_exporter'], value: codexExporter(`${endpoint}/v1/traces`) },
    { path: ['otel', 'metrics_exporter'], value: codexExporter(`${endpoint}/v1/metrics`) },
    { path: ['otel', 'log_user_prompt'], value: content },
  ],
  // It logs prompts unless it is told not to.
  gemini: (endpoint, content) => [
    { path: ['telemetry', 'enabled'], value: true },
    { path: ['telemetry', 'target'], value: 'local' },
    { path: ['telemetry', 'otlpEndpoint'], value: endpoint },
    { path: ['telemetry', 'otlpProtocol'], value: 'http' },
    { path: ['telemetry', 'logPrompts'], value: content },
  ],
  copilot: (endpoint, content) => [
    { path: ['github.copilot.chat.otel.enabled'], value: true },
    { path: ['github.copilot.chat.otel.exporterType'], value: 'otlp-http' },
    { path: ['github.copilot.chat.otel.otlpEndpoint'], value: endpoint },
    { path: ['github.copilot.chat.otel.captureContent'], value: content },
  ],
};

export const claudeContent = [
  'OTEL_LOG_USER_PROMPTS',
  'OTEL_LOG_ASSISTANT_RESPONSES',
  'OTEL_LOG_TOOL_DETAILS',
  'OTEL_LOG_TOOL_CONTENT',
];

const variables = (values: Record<string, string>): Setting[] =>
  Object.entries(values).map(([name, value]) => ({ path: ['env', name], value }));

const codexExporter = (endpoint: string) => ({ 'otlp-http': { endpoint, protocol: 'binary' } });
