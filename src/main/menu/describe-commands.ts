import { backendNames } from '../../shared/backend-names';
import type { Destination } from '../../shared/contract/destinations';
import { SwitchableBackend } from '../../shared/contract/host';
import type { Shell } from '../../shared/contract/snippets';
import { describeEnd, verdictWords } from '../../shared/runs/describe-outcome';
import { showPlainText } from '../../shared/show-plain-text';
import type { HostView } from '../host/host-view';
import { type MenuItem, separator } from './menu-item';
import { pathOfProblem } from './path-of-problem';

/** Start or stop, whichever can be done now. */
export function powerItem({ link, status }: HostView): MenuItem {
  if (link === 'lost') return { kind: 'item', label: 'Start Watchtower here', command: { do: 'take-over' } };
  const rests = status?.state === 'stopped' || status?.state === 'failed';
  const enabled = status !== null && status.state !== 'stopping' && status.capabilities.lifecycle;
  return rests
    ? { kind: 'item', label: 'Start', command: { do: 'start' }, enabled }
    : { kind: 'item', label: 'Stop', command: { do: 'stop' }, enabled };
}

export function restartItem({ status }: HostView): MenuItem {
  const rests = status?.state === 'stopping' || status?.state === 'starting';
  const enabled = status !== null && !rests && status.capabilities.lifecycle;
  return { kind: 'item', label: 'Restart', command: { do: 'restart' }, enabled };
}

export function backendItems({ status }: HostView): MenuItem[] {
  return SwitchableBackend.options.map((backend) => ({
    kind: 'radio',
    label: backendNames[backend],
    command: { do: 'switch', backend },
    checked: status?.backend === backend,
    enabled: status !== null && status.state !== 'stopping',
  }));
}

const deliveryWords: Record<Destination['delivery']['state'], string> = {
  off: 'off',
  waiting: 'on, nothing sent yet',
  sending: 'sending',
  failing: 'failing',
};

/** A switch for each destination, and the way to the first one of Sumo Logic. */
export function destinationItems({ status, destinations }: HostView): MenuItem[] {
  const known = destinations?.destinations ?? [];
  const switching = destinations?.change.state === 'switching';
  const canSend = status?.capabilities.forwarding ?? true;
  const switches = known.map(({ id, name, enabled, delivery, hasSecret, problem }): MenuItem => {
    const keyRefused = problem?.kind === 'destination-key-refused';
    const working = keyRefused ? 'the key is refused' : deliveryWords[delivery.state];
    const state = enabled && !hasSecret ? 'its secret is missing' : working;
    return {
      kind: 'check',
      label: `Send to ${name}: ${switching ? 'switching' : state}`,
      command: { do: 'toggle', id, name, enabled: !enabled },
      checked: enabled,
      enabled: !switching && (enabled || canSend),
    };
  });
  if (known.some(({ kind }) => kind === 'sumo')) return switches;
  const setUp = { do: 'open-panel', path: '/destinations?add=sumo' } as const;
  return [...switches, { kind: 'item', label: 'Set up Sumo Logic…', command: setUp, enabled: destinations !== null }];
}

const shells: [Shell, string][] = [
  ['bash', 'bash'],
  ['powershell', 'PowerShell'],
  ['dotenv', '.env'],
];

export function copyMenus({ status }: HostView): MenuItem[] {
  const { otlpGrpc, otlpHttp } = status?.endpoints ?? {};
  const endpoints: MenuItem[] = [
    ...(otlpGrpc === undefined ? [] : [copyEndpoint('gRPC', otlpGrpc)]),
    ...(otlpHttp === undefined ? [] : [copyEndpoint('HTTP', otlpHttp)]),
  ];
  return [
    {
      kind: 'menu',
      label: 'Copy env',
      // Of a backend that only answers queries there is none.
      enabled: endpoints.length > 0,
      items: shells.map(([shell, title]) => ({
        kind: 'item',
        label: title,
        command: { do: 'copy-env', shell, title },
      })),
    },
    {
      kind: 'menu',
      label: 'Copy endpoint',
      enabled: endpoints.length > 0,
      items: endpoints,
    },
  ];
}

function copyEndpoint(name: 'gRPC' | 'HTTP', text: string): MenuItem {
  return {
    kind: 'item',
    label: `${name}  ${text}`,
    command: { do: 'copy-text', text, what: `The OTLP/${name} endpoint` },
  };
}

export function openItems({ link, status }: HostView): MenuItem[] {
  const open: MenuItem = { kind: 'item', label: 'Open panel', command: { do: 'open-panel' }, enabled: link !== 'lost' };
  const grafana = status?.endpoints.grafana;
  if (!grafana) return [open];
  const up = status.services.some(({ name, state }) => name === 'grafana' && state === 'up');
  return [open, { kind: 'item', label: 'Open Grafana', command: { do: 'open-outside', url: grafana }, enabled: up }];
}

/** The last run with its state and verdict, and the way to its page; nothing where there is none. */
export function lastRunItems({ lastRun }: HostView): MenuItem[] {
  if (!lastRun) return [];
  const { id, name, outcome } = lastRun;
  const told = [showPlainText(name), describeEnd(lastRun), ...(outcome ? [verdictWords[outcome.verdict]] : [])];
  return [
    {
      kind: 'item',
      label: shorten(`Last run: ${told.join(', ')}`),
      command: { do: 'open-panel', path: `/runs/${id}` },
    },
  ];
}

/** A menu's line has no room for more. */
const longestLine = 90;
const mostProblems = 6;

/** The problems of now, each leading to the panel; nothing where there are none. */
export function problemItems({ status }: HostView): MenuItem[] {
  const problems = status?.problems ?? [];
  if (problems.length === 0) return [];
  const items = problems.slice(0, mostProblems).map(({ id, kind, message }): MenuItem => {
    return { kind: 'item', label: shorten(message), command: { do: 'open-panel', path: pathOfProblem(id, kind) } };
  });
  return [{ kind: 'menu', label: `Problems (${problems.length})`, items }, separator];
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line;
}
