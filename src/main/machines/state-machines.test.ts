import { describe, expect, it } from 'vitest';
import { localOnly } from '../../core/alloy/render/alloy-pipeline';
import type { SwitchCommand, SwitchEvent, SwitchState } from '../../core/alloy/state';
import { transition as transitionAlloy } from '../../core/alloy/transition';
import type { FoundEngine, MissedEngine } from '../../core/backends/docker/containers/connection/finding';
import {
  type ConnectionCommand,
  type ConnectionEvent,
  type ConnectionState,
  stopped as unconnected,
} from '../../core/backends/docker/containers/connection/state';
import { transition as transitionConnection } from '../../core/backends/docker/containers/connection/transition';
import {
  stopped as noStack,
  type StackCommand,
  type StackEvent,
  type StackState,
} from '../../core/backends/docker/stack/state';
import { transition as transitionStack } from '../../core/backends/docker/stack/transition';
import {
  type EngineCommandToRun,
  type EngineEvent,
  type EngineState,
  stopped,
} from '../../core/backends/embedded/state';
import { transition as transitionEngine } from '../../core/backends/embedded/transition';
import type { FoundCluster } from '../../core/backends/kubernetes/connection/finding';
import {
  type ConnectionCommand as ClusterCommand,
  type ConnectionEvent as ClusterEvent,
  type ConnectionState as ClusterState,
  stopped as noCluster,
} from '../../core/backends/kubernetes/connection/state';
import { transition as transitionCluster } from '../../core/backends/kubernetes/connection/transition';
import {
  stopped as noWork,
  type WorkCommand,
  type WorkEvent,
  type WorkState,
} from '../../core/backends/kubernetes/work/state';
import { transition as transitionWork } from '../../core/backends/kubernetes/work/transition';
import type { Problem } from '../../shared/problem';
import { transitionUpdate } from '../updates/transition-update';
import type { UpdateCommand, UpdateEvent, UpdateState } from '../updates/update-state';
import { exploreMachine, type Machine } from './explore-machine';

const problem: Problem = { kind: 'unexpected-error', message: 'It failed.' };
const passing: Problem = { kind: 'disk-full', message: 'The disk is full.' };
const least = (number: number | undefined, bound: number) => Math.min(number ?? 0, bound);
const ending = <Event>(...events: Event[]) => events.map((event) => ({ event, last: true }));

const ports = { otlpGrpc: 1, otlpHttp: 2, tempo: 3, loki: 4, prometheus: 5 };
const crash = { code: 1, signal: null, stderr: '' };
const engine: Machine<EngineState, EngineEvent, EngineCommandToRun> = {
  start: stopped,
  transition: transitionEngine,
  asked: [{ type: 'start' }, { type: 'stop' }, { type: 'restart' }],
  outcomes({ do: what, run }) {
    const outcomes: Record<EngineCommandToRun['do'], { event: EngineEvent; last: boolean }[]> = {
      spawn: [
        { event: { type: 'listening', run, ports }, last: false },
        { event: { type: 'ready', run }, last: false },
        { event: { type: 'fatal', run, problem }, last: false },
        { event: { type: 'fatal', run, problem: passing }, last: false },
        { event: { type: 'exited', run, at: 0, crash }, last: true },
      ],
      drain: ending({ type: 'drain-overdue', run }),
      kill: [],
      pause: ending({ type: 'pause-over', run }),
    };
    return outcomes[what];
  },
  rests: { stopped: true, starting: false, ready: true, waiting: false, stopping: false, failed: true },
  shape: ({ run: _, ...state }) => ({
    ...state,
    ...('crashes' in state && { crashes: state.crashes.length }),
    ...('failures' in state && { failures: least(state.failures, 5) }),
  }),
};

const found: FoundEngine = {
  endpoint: { kind: 'socket', url: 'unix:///x.sock', path: '/x.sock' },
  reason: 'DOCKER_HOST',
  name: 'Docker Engine 28.2.2',
  architecture: 'amd64',
  apiVersion: '1.50',
};
const missed: MissedEngine = { state: 'absent', endpoint: 'unix:///x.sock', reason: 'DOCKER_HOST', problem };
const connection: Machine<ConnectionState, ConnectionEvent, ConnectionCommand> = {
  start: unconnected,
  transition: transitionConnection,
  asked: [{ type: 'start' }, { type: 'stop' }, { type: 'look-again' }, { type: 'clock-jumped' }],
  outcomes(command) {
    if (!('run' in command)) return [];
    const { do: what, run } = command;
    const outcomes: Record<typeof what, { event: ConnectionEvent; last: boolean }[]> = {
      look: ending({ type: 'found', run, engine: found }, { type: 'missed', run, missed }),
      watch: [
        { event: { type: 'watching', run }, last: false },
        { event: { type: 'events-ended', run }, last: true },
      ],
      check: ending(
        { type: 'checked', run, answer: 'alive' },
        { type: 'checked', run, answer: 'gone' },
        { type: 'checked', run, answer: 'silent' },
      ),
      'check-later': ending({ type: 'check-due', run }),
      pause: ending({ type: 'look-again', run }),
    };
    return outcomes[what];
  },
  rests: { stopped: true, looking: false, connected: false, away: false },
  // It never rests while it is wanted: it watches, and looks again.
  settles: ['connected', 'stopped'],
  shape: (state) => ({
    name: state.name,
    ...('watching' in state && { watching: state.watching }),
    ...('tries' in state && { tries: least(state.tries, 1) }),
  }),
};

const cluster = { context: 'kind-watchtower', version: 'v1.37.0' } as FoundCluster;
const lost = { state: 'absent', endpoint: '', problem } as const;
const clusterConnection: Machine<ClusterState, ClusterEvent, ClusterCommand> = {
  start: noCluster,
  transition: transitionCluster,
  asked: [{ type: 'start' }, { type: 'stop' }, { type: 'look-again' }],
  outcomes({ do: what, run }) {
    const outcomes: Record<typeof what, { event: ClusterEvent; last: boolean }[]> = {
      look: ending({ type: 'found', run, cluster }, { type: 'missed', run, missed: lost }),
      check: ending({ type: 'checked', run, missed: null }, { type: 'checked', run, missed: lost }),
      'check-later': ending({ type: 'check-due', run }),
      pause: ending({ type: 'look-again', run }),
    };
    return outcomes[what];
  },
  rests: { stopped: true, looking: false, connected: false, away: false },
  // It never rests while it is wanted: it checks, and looks again.
  settles: ['connected', 'stopped'],
  shape: (state) => ({ name: state.name, ...('tries' in state && { tries: least(state.tries, 1) }) }),
};

const alloy: Machine<SwitchState, SwitchEvent, SwitchCommand> = {
  start: { name: 'steady', inForce: localOnly, problem: null },
  transition: transitionAlloy,
  asked: [{ type: 'want', pipeline: localOnly }],
  outcomes: ({ do: what }) => (what === 'report' ? [] : ending({ type: 'done' }, { type: 'failed', problem })),
  rests: {
    steady: true,
    validating: false,
    installing: false,
    verifying: false,
    'putting-back': false,
    restarting: false,
  },
  shape: (state) => ({ name: state.name, ...('next' in state && { next: state.next !== null }) }),
};

const stack: Machine<StackState, StackEvent, StackCommand> = {
  start: noStack,
  transition: transitionStack,
  asked: [
    { type: 'up' },
    { type: 'down' },
    { type: 'clean' },
    { type: 'cancel' },
    { type: 'seen', sight: 'none' },
    { type: 'seen', sight: 'some' },
    { type: 'seen', sight: 'all-ready' },
    { type: 'engine-lost', problem },
    { type: 'engine-back' },
  ],
  outcomes(command) {
    if (command.do === 'abort') return [];
    const { do: what, run } = command;
    const failed: StackEvent = { type: 'failed', run, problem };
    const started: StackEvent[] = (['none', 'some', 'all-ready'] as const).map((sight) => ({
      type: 'started',
      run,
      sight,
    }));
    const outcomes: Record<typeof what, { event: StackEvent; last: boolean }[]> = {
      prepare: ending<StackEvent>(
        { type: 'prepared', run, missingImages: 0 },
        { type: 'prepared', run, missingImages: 2 },
        failed,
      ),
      pull: ending<StackEvent>({ type: 'pulled', run }, failed),
      start: ending<StackEvent>(...started, failed),
      await: ending<StackEvent>(...started, failed),
      stop: ending<StackEvent>({ type: 'stopped', run }, failed),
    };
    return outcomes[what];
  },
  rests: {
    stopped: true,
    preparing: false,
    pulling: false,
    starting: false,
    ready: true,
    degraded: true,
    failed: true,
    stopping: false,
  },
  shape: ({ run: _, ...state }) => ({ ...state, ...('problem' in state && { problem: state.problem !== null }) }),
};

const clusterWork: Machine<WorkState, WorkEvent, WorkCommand> = {
  start: noWork,
  transition: transitionWork,
  asked: [
    { type: 'up' },
    { type: 'down' },
    { type: 'clean' },
    { type: 'cancel' },
    { type: 'seen', sight: 'none' },
    { type: 'seen', sight: 'some' },
    { type: 'seen', sight: 'all-ready' },
    { type: 'cluster-lost', problem },
    { type: 'cluster-back' },
  ],
  outcomes(command) {
    if (command.do === 'abort') return [];
    const { do: what, run } = command;
    const failed: WorkEvent = { type: 'failed', run, problem };
    const started: WorkEvent[] = (['none', 'some', 'all-ready'] as const).map((sight) => ({
      type: 'started',
      run,
      sight,
    }));
    return what === 'start' ? ending(...started, failed) : ending<WorkEvent>({ type: 'stopped', run }, failed);
  },
  rests: { stopped: true, starting: false, ready: true, degraded: true, failed: true, stopping: false },
  shape: ({ run: _, ...state }) => ({ ...state, ...('problem' in state && { problem: state.problem !== null }) }),
};

const updates: Machine<UpdateState, UpdateEvent, { do: UpdateCommand }> = {
  start: { name: 'idle' },
  transition(state, event) {
    const { state: next, command } = transitionUpdate(state, event);
    return { state: next, commands: command ? [{ do: command }] : [] };
  },
  asked: [{ name: 'check' }, { name: 'download' }, { name: 'install' }],
  outcomes({ do: what }) {
    const failed: UpdateEvent = { name: 'failed', message: 'no' };
    const outcomes: Record<UpdateCommand, { event: UpdateEvent; last: boolean }[]> = {
      check: ending<UpdateEvent>({ name: 'found', version: '2.0.0' }, { name: 'none' }, failed),
      download: [
        { event: { name: 'progress', percent: 50 }, last: false },
        ...ending<UpdateEvent>({ name: 'downloaded' }, failed),
      ],
      install: [],
    };
    return outcomes[what];
  },
  // `off` is where a build begins that never updates: it is nobody's next state.
  rests: {
    off: true,
    idle: true,
    checking: false,
    current: true,
    available: true,
    downloading: false,
    ready: true,
    failed: true,
  },
  shape: (state) => state,
};

conform('the engine', engine);
conform('the connection to a container engine', connection);
conform('the connection to a cluster', clusterConnection);
conform('the switch of Alloy', alloy);
conform('the Docker stack', stack);
conform('the stack in a cluster', clusterWork);
conform('the updates of the app', updates, ['off']);

/** What holds for every machine, whatever it is about. */
function conform<State extends { name: string; run?: number }, Event, Command extends { do: string; run?: number }>(
  about: string,
  machine: Machine<State, Event, Command>,
  beginningsOnly: readonly State['name'][] = [],
): void {
  describe(about, () => {
    const { worlds, outcomesOf, staleTaken } = exploreMachine(machine);

    it('comes into every state that it has', () => {
      const reached = new Set([...worlds.values()].map(({ state }) => state.name));
      const all = Object.keys(machine.rests).filter((name) => !beginningsOnly.includes(name));
      expect([...reached].sort()).toEqual(all.sort());
    });

    it('takes no notice of what work that was given up still brings', () => {
      expect(staleTaken).toEqual([]);
    });

    it('waits for nothing that never comes: a state that does not rest has work from which something follows', () => {
      const stuck = [...worlds].filter(([key, { state }]) => {
        const leads = outcomesOf.get(key)!.some((next) => next !== key);
        return !machine.rests[state.name as State['name']] && !leads;
      });
      expect(stuck.map(([key]) => key)).toEqual([]);
    });

    it('settles from everywhere by its own work alone', () => {
      const settles = machine.settles ?? restsOf(machine);
      const arriving = new Set([...worlds].filter(([, { state }]) => settles.includes(state.name)).map(([key]) => key));
      for (let grew = true; grew; ) {
        grew = false;
        for (const [key, nexts] of outcomesOf) {
          if (arriving.has(key) || !nexts.some((next) => arriving.has(next))) continue;
          arriving.add(key);
          grew = true;
        }
      }
      const never = [...worlds].filter(([key]) => !arriving.has(key)).map(([, { state }]) => state.name);
      expect([...new Set(never)]).toEqual([]);
    });

    it('answers everything that can be asked of it in every state', () => {
      for (const { state } of worlds.values()) {
        for (const event of machine.asked) {
          const answer = machine.transition(state, event);
          expect(Object.keys(machine.rests)).toContain(answer.state.name);
          expect(machine.transition(state, event)).toEqual(answer);
        }
      }
    });
  });
}

function restsOf<State extends { name: string }, Event, Command>(machine: Machine<State, Event, Command>): string[] {
  const rests: Readonly<Record<string, boolean>> = machine.rests;
  return Object.keys(rests).filter((name) => rests[name]);
}
