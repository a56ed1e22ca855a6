import type { AgentTelemetry } from '../../shared/contract/agents';
import { valueAt } from '../agent-files/edit/edit-json';
import { tomlValueAt } from '../agent-files/edit/edit-toml';
import { isObject, readJson } from '../agent-files/edit/read-json';
import { readToml } from '../agent-files/edit/read-toml';
import { readTextFile } from '../agent-files/ledger/text-file';
import { type Places, show } from '../agent-files/places';
import { cursorHookEvents } from './cursor-hooks';
import { readManaged } from './managed-settings';
import { claudeContent, type OtlpEndpoints, type TellingAgent, telemetryFile } from './telemetry-targets';

interface Said {
  /** Base URL or address; undefined: it sends nothing. */
  endpoint: string | undefined;
  content: boolean;
}

/** Whether an agent tells what it does, and whom, as its settings say now. */
export async function readTelemetry(
  agent: TellingAgent,
  places: Places,
  here: OtlpEndpoints | null,
): Promise<AgentTelemetry> {
  const path = telemetryFile(agent, places);
  const base = { agent, shown: show(path, places), managed: readManaged(agent, places) };
  const notes = notesOf(agent, here);
  const file = await readTextFile(path);
  const unreadable = (problem: AgentTelemetry['problem']): AgentTelemetry => ({
    ...base,
    state: 'unreadable',
    content: false,
    notes,
    problem,
  });
  if ('problem' in file && file.problem.kind !== 'agent-file-read-only') return unreadable(file.problem);
  const text = 'problem' in file ? '' : (file.text ?? '');
  const read = agent === 'codex' ? readToml(text) : readJson(text);
  if ('problem' in read) return unreadable({ ...read.problem, message: `${base.shown}: ${read.problem.message}` });
  const { endpoint, content } = said[agent](read.value);
  if (base.managed.length > 0)
    notes.unshift(`Managed settings win over yours: ${base.managed.map(({ shown }) => shown).join(', ')}.`);
  const state = endpoint === undefined ? 'off' : agent === 'cursor' || isHere(endpoint, here) ? 'on' : 'elsewhere';
  return { ...base, state, content, notes, ...(endpoint !== undefined && { endpoint }) };
}

const said: Record<TellingAgent, (document: unknown) => Said> = {
  claude(document) {
    const variable = (name: string) => {
      const value = valueAt(document, ['env', name]);
      return value === undefined ? undefined : String(value);
    };
    const exporters = ['OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER', 'OTEL_TRACES_EXPORTER'].map(variable);
    const isOn = isTrue(variable('CLAUDE_CODE_ENABLE_TELEMETRY')) && exporters.some((name) => name && name !== 'none');
    return {
      endpoint: isOn ? (variable('OTEL_EXPORTER_OTLP_ENDPOINT') ?? 'of its environment') : undefined,
      content: claudeContent.some((name) => isTrue(variable(name))),
    };
  },
  codex(document) {
    const addresses = ['exporter', 'trace_exporter', 'metrics_exporter'].map((name) => {
      const exporter = tomlValueAt(document, ['otel', name]);
      const settings = isObject(exporter) ? Object.values(exporter)[0] : undefined;
      return isObject(settings) ? settings.endpoint : undefined;
    });
    const first = addresses.find((address) => typeof address === 'string') as string | undefined;
    return {
      endpoint: first?.replace(/\/v1\/(logs|traces|metrics)\/?$/, ''),
      content: tomlValueAt(document, ['otel', 'log_user_prompt']) === true,
    };
  },
  gemini(document) {
    const at = (name: string) => valueAt(document, ['telemetry', name]);
    const usual = at('target') === 'gcp' ? 'Google Cloud' : 'http://localhost:4317';
    return {
      endpoint: at('enabled') === true ? String(at('otlpEndpoint') ?? usual) : undefined,
      content: at('enabled') === true && at('logPrompts') !== false,
    };
  },
  copilot(document) {
    const at = (name: string) => valueAt(document, [`github.copilot.chat.otel.${name}`]);
    return {
      endpoint: at('enabled') === true ? String(at('otlpEndpoint') ?? 'http://localhost:4318') : undefined,
      content: at('captureContent') === true,
    };
  },
  cursor(document) {
    const commands = cursorHookEvents.flatMap((event) => {
      const hooks = valueAt(document, ['hooks', event]);
      return Array.isArray(hooks) ? hooks.filter(isObject).map(({ command }) => String(command)) : [];
    });
    const ours = commands.filter((command) => /watchtower|cli\.[cm]js/.test(command) && / hook cursor\b/.test(command));
    return { endpoint: ours[0], content: ours.some((command) => command.includes('--content')) };
  },
};

const isTrue = (value: string | undefined) => value !== undefined && /^(1|true|yes|on)$/i.test(value);

function isHere(endpoint: string, here: OtlpEndpoints | null): boolean {
  try {
    const [one, other] = [new URL(endpoint), new URL(here?.http ?? 'http://localhost:4318')];
    const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;
    // Either port speaks gRPC and HTTP.
    return loopback.test(one.hostname) && (one.port === other.port || one.port === '4317' || one.port === '4318');
  } catch {
    return false;
  }
}

function notesOf(agent: TellingAgent, here: OtlpEndpoints | null): string[] {
  const endpoint = here?.http ?? 'http://localhost:4318';
  switch (agent) {
    case 'copilot':
      return [
        `This is VS Code's. Copilot CLI has no file for it: start it with \`COPILOT_OTEL_ENABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint} copilot\`.`,
      ];
    case 'claude':
      return ['A session that runs takes it over when it is started again.'];
    case 'cursor':
      return ['Cursor sends OpenTelemetry from its servers alone; here its hooks tell what happens on this machine.'];
    default:
      return [];
  }
}
