import { expect, it } from 'vitest';
import type { HostStatus } from '../../shared/contract/host';
import { type HostView, nothingKnown } from '../host/host-view';
import { testDestination, testRun, testView } from '../host/test-view';
import type { MenuItem } from '../menu/menu-item';
import { describeTray } from './describe-tray';

const grafana = 'http://127.0.0.1:3000';
const diskFull = { id: 'engine', kind: 'disk-full', message: 'The disk is nearly full.' } as const;
const lokiDown = { id: 'service-loki', kind: 'service-crashed', message: 'Loki ended with exit code 1.' } as const;

function docker(status: Partial<HostStatus>, loki: 'up' | 'down' = 'up'): HostView {
  const { endpoints } = testView().status!;
  const services: HostStatus['services'] = [
    { name: 'loki', title: 'Loki', state: loki },
    { name: 'grafana', title: 'Grafana', state: 'up' },
  ];
  return testView({ backend: 'docker', endpoints: { ...endpoints, grafana }, services, ...status });
}

/** It only answers queries. */
function external(): HostView {
  const { endpoints, capabilities } = testView().status!;
  const { otlpGrpc: _, otlpHttp: __, ...queries } = endpoints;
  const no = { lifecycle: false, forwarding: false, storage: false, ingest: false };
  const sumo = testDestination({ enabled: false }, 'off');
  const destinations = { destinations: [sumo], redaction: [], secretStore: '', change: { state: 'done' as const } };
  const status = { backend: 'external', endpoints: queries, capabilities: { ...capabilities, ...no } } as const;
  return testView(status, { destinations });
}

function withSumo(state: 'sending' | 'failing'): HostView {
  const sumo = testDestination({ enabled: true }, state);
  const destinations = { destinations: [sumo], redaction: [], secretStore: '', change: { state: 'done' as const } };
  const refused = {
    id: 'destination-sumo',
    kind: 'destination-failing',
    message: 'Sumo does not take what is sent: 503.',
  } as const;
  const problems = state === 'failing' ? [refused] : [];
  return testView({ cloud: { enabled: true, destinations: 1, state }, problems }, { destinations });
}

const views: [title: string, view: HostView][] = [
  ['the app starts', nothingKnown],
  ['the engine starts', testView({ state: 'starting' })],
  ['all is well', testView()],
  ['a copy goes to Sumo Logic', withSumo('sending')],
  ['Sumo Logic refuses it', withSumo('failing')],
  [
    'a command runs',
    testView({}, { lastRun: testRun({ state: 'running', endedAt: null, exitCode: null, outcome: undefined }) }),
  ],
  [
    'the last run failed, and is worse than the one before',
    testView(
      {},
      { lastRun: testRun({ exitCode: 1, outcome: { traces: 1, spans: 2, errors: 3, findings: 0, verdict: 'worse' } }) },
    ),
  ],
  ['a problem', testView({ problems: [diskFull] })],
  ['the engine has failed', testView({ state: 'failed', problems: [diskFull] })],
  ['it stops', testView({ state: 'stopping' })],
  ['it is stopped', testView({ state: 'stopped' })],
  ['the Docker stack runs', docker({})],
  ['one service of it has failed', docker({ state: 'degraded', problems: [lokiDown] }, 'down')],
  ['somebody else runs the backend', external()],
  ['another Watchtower is the host', testView({}, { link: 'attached', pid: 42 })],
  ['that one has ended', { ...nothingKnown, link: 'lost' }],
];

/** A menu as a person reads it: `( )` cannot be chosen, a mark stands before what is on, what opens is set in. */
function drawMenu(items: readonly MenuItem[], indent = '  '): string {
  return items.map((item) => drawItem(item, indent)).join('\n');
}

function drawItem(item: MenuItem, indent: string): string {
  if (item.kind === 'separator') return `${indent}────`;
  if (item.kind === 'role') return `${indent}${item.role}`;
  const label = item.enabled === false ? `(${item.label})` : item.label;
  if (item.kind === 'menu') return `${indent}${label} ▸\n${drawMenu(item.items, `${indent}    `)}`;
  const mark = item.kind === 'check' || item.kind === 'radio' ? (item.checked ? '✓ ' : '  ') : '';
  return `${indent}${mark}${label}`;
}

it('each state of the tray has its icon, its words and its menu', async () => {
  const drawn = views.map(([title, view]) => {
    const { state, tooltip, menu } = describeTray(view);
    return `# ${title}\nicon: ${state}\ntooltip: ${tooltip}\n\n${drawMenu(menu)}\n`;
  });
  await expect(drawn.join('\n')).toMatchFileSnapshot('tray-menus.txt');
});
