import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../host/host-view';
import { testDestination, testRun, testView } from '../host/test-view';
import { describeMenuBar } from '../menu/describe-menu-bar';
import type { MenuItem } from '../menu/menu-item';
import { describeTray } from './describe-tray';

const problem = { id: 'engine', kind: 'disk-full', message: 'The disk is full.' } as const;

function find(items: readonly MenuItem[], label: string): MenuItem | undefined {
  return items.find((item) => 'label' in item && item.label?.startsWith(label));
}

/** Every command within, as text. */
function commandsOf(items: readonly MenuItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'menu') return commandsOf(item.items);
    return 'command' in item && item.command ? [JSON.stringify(item.command)] : [];
  });
}

describe('the tray', () => {
  it.each([
    ['starting', nothingKnown],
    ['starting', testView({ state: 'starting' })],
    ['ready', testView()],
    ['attention', testView({ state: 'degraded' })],
    ['attention', testView({ problems: [problem] })],
    ['error', testView({ state: 'failed', problems: [problem] })],
    ['stopped', testView({ state: 'stopped' })],
    ['stopped', testView({ state: 'stopping' })],
    ['stopped', { ...nothingKnown, link: 'lost' as const }],
  ])('shows the state %s', (state, view) => {
    expect(describeTray(view).state).toBe(state);
  });

  it('does not change with what arrives: rates would repaint it twice a second', () => {
    const busy = testView();
    busy.status!.ingest.rates.spans = 20_000;
    expect(describeTray(busy)).toEqual(describeTray(testView()));
  });

  it('offers to stop what runs and to start what rests, and neither in between', () => {
    expect(find(describeTray(testView()).menu, 'Stop')).toMatchObject({ command: { do: 'stop' }, enabled: true });
    expect(find(describeTray(testView({ state: 'failed' })).menu, 'Start')).toMatchObject({ command: { do: 'start' } });
    expect(find(describeTray(testView({ state: 'stopping' })).menu, 'Stop')).toMatchObject({ enabled: false });
    expect(find(describeTray({ ...nothingKnown, link: 'lost' }).menu, 'Start Watchtower here')).toMatchObject({
      command: { do: 'take-over' },
    });
  });

  it('has a switch for each destination that says how it goes, and a way to the first one', () => {
    const none = describeTray(testView());
    expect(find(none.menu, 'Set up Sumo Logic…')).toMatchObject({ command: { path: '/destinations?add=sumo' } });
    const withDestinations = (state: 'done' | 'switching') =>
      testView(
        { cloud: { enabled: true, destinations: 1, state: 'failing' } },
        {
          destinations: {
            destinations: [
              testDestination({ enabled: true }, 'failing'),
              testDestination({ id: 'b', name: 'Bare', enabled: true, hasSecret: false }),
            ],
            redaction: [],
            secretStore: '',
            change: { state },
          },
        },
      );
    const { menu, tooltip } = describeTray(withDestinations('done'));
    expect(tooltip).toBe('Watchtower: Embedded engine: running, cloud failing');
    expect(find(menu, 'Send to Sumo')).toEqual({
      kind: 'check',
      label: 'Send to Sumo: failing',
      command: { do: 'toggle', id: 'sumo', name: 'Sumo', enabled: false },
      checked: true,
      enabled: true,
    });
    expect(find(menu, 'Send to Bare')).toMatchObject({ label: 'Send to Bare: its secret is missing' });
    expect(find(menu, 'Set up')).toBeUndefined();
    expect(find(describeTray(withDestinations('switching')).menu, 'Send to Sumo')).toMatchObject({ enabled: false });
  });

  it('opens Grafana where there is one that answers', () => {
    const docker = (state: 'up' | 'down') =>
      testView({
        backend: 'docker',
        endpoints: { ...testView().status!.endpoints, grafana: 'http://127.0.0.1:3000' },
        services: [{ name: 'grafana', title: 'Grafana', state }],
      });
    expect(find(describeTray(testView()).menu, 'Open Grafana')).toBeUndefined();
    expect(find(describeTray(docker('down')).menu, 'Open Grafana')).toMatchObject({ enabled: false });
    expect(find(describeTray(docker('up')).menu, 'Open Grafana')).toMatchObject({
      enabled: true,
      command: { do: 'open-outside', url: 'http://127.0.0.1:3000' },
    });
  });

  it('lists the problems on one line each, and says whose host it is', () => {
    const long = { ...problem, message: `${'very '.repeat(40)}\nlong` };
    const { menu } = describeTray(testView({ problems: [problem, long] }, { link: 'attached', pid: 42 }));
    const problems = find(menu, 'Problems (2)') as Extract<MenuItem, { kind: 'menu' }>;
    expect(problems.items[0]).toMatchObject({ label: 'The disk is full.' });
    expect((problems.items[1] as { label: string }).label).toMatch(/^very very .*…$/);
    expect((problems.items[1] as { label: string }).label.length).toBeLessThanOrEqual(90);
    expect(find(menu, 'Run by another Watchtower (pid 42)')).toMatchObject({ enabled: false });
  });

  it('leads to the last run, whose name it shows as text', () => {
    expect(find(describeTray(testView()).menu, 'Last run')).toBeUndefined();
    const { menu } = describeTray(testView({}, { lastRun: testRun({ name: 'a\u202eb' }) }));
    expect(find(menu, 'Last run')).toMatchObject({
      label: 'Last run: a‹U+202E›b, exit 0, the same',
      command: { do: 'open-panel', path: '/runs/abcdefgh' },
    });
  });

  it.each(['linux', 'darwin', 'win32'] as const)('offers nothing that the menu bar of %s lacks', (platform) => {
    const view = testView({ problems: [] }, { lastRun: testRun() });
    const bar = commandsOf(describeMenuBar(view, platform));
    for (const command of commandsOf(describeTray(view).menu)) expect(bar).toContain(command);
    expect(bar).toContain('{"do":"save-diagnostics"}');
    expect(bar.filter((command) => command === '{"do":"quit"}')).toHaveLength(1);
    expect(bar.filter((command) => command === '{"do":"about"}')).toHaveLength(1);
  });
});
