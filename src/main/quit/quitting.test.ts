import { beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../core/create-core';
import type { Problem } from '../../shared/problem';
import type { HostView } from '../host/host-view';
import { testView } from '../host/test-view';
import { planQuit } from './plan-quit';
import { type QuitAnswer, Quitting } from './quitting';

const up = [{ name: 'tempo', title: 'Tempo', state: 'up' as const }];
const docker = (view: Partial<HostView> = {}) => testView({ backend: 'docker', services: up }, view);
const chosen = (onQuit: 'ask' | 'stop' | 'leave') => {
  const settings = testView().settings!;
  return { settings: { ...settings, desktop: { ...settings.desktop, onQuit } } };
};

describe('planQuit', () => {
  it('asks only where containers run that this app started or adopted', () => {
    expect(planQuit(docker())).toBe('ask');
    expect(planQuit(docker(chosen('stop')))).toBe('stop');
    expect(planQuit(docker(chosen('leave')))).toBe('end');
    expect(planQuit(docker({ link: 'attached' }))).toBe('end');
    expect(planQuit(testView())).toBe('end');
    const down = [{ ...up[0]!, state: 'down' as const }];
    expect(planQuit(testView({ backend: 'docker', state: 'stopped', services: down }))).toBe('end');
    // A part of it failed; the rest runs.
    expect(planQuit(testView({ backend: 'docker', state: 'failed', services: [...down, ...up] }))).toBe('ask');
  });
});

describe('quitting', () => {
  let done: string[];
  let stopProblem: Problem | null;
  let failing: string | null;
  let closing: () => Promise<void>;
  let answer: () => Promise<QuitAnswer>;
  const core = {
    backends: {
      current: {
        async stop() {
          done.push('stop');
          return stopProblem;
        },
      },
    },
    client: {
      host: {
        async updateSettings({ desktop }: { desktop: object }) {
          if (failing) throw new Error(failing);
          done.push(JSON.stringify(desktop));
        },
      },
    },
    close: () => closing(),
  } as unknown as Core;
  const begin = (view: HostView) =>
    new Quitting({
      view: () => view,
      core: () => (view.link === 'own' ? core : null),
      ask: () => answer(),
      tell: async ({ kind }) => void done.push(kind),
      disappear: () => void done.push('disappear'),
      exit: () => void done.push('exit'),
      closeLimit: 20,
    });

  beforeEach(() => {
    done = [];
    stopProblem = null;
    failing = null;
    closing = async () => void done.push('close');
    answer = async () => {
      done.push('ask');
      return { choice: 'leave', remember: false };
    };
  });

  it('drains and ends without a question where no stack runs', async () => {
    const quitting = begin(testView());
    await quitting.begin();
    expect(done).toEqual(['disappear', 'close', 'exit']);
    expect(quitting.leaving).toBe(true);
    await quitting.begin();
    expect(done).toHaveLength(3);
  });

  it('leaves another process its host', async () => {
    await begin(docker({ link: 'attached' })).begin();
    expect(done).toEqual(['disappear', 'exit']);
  });

  it('stays when the question is cancelled, and asks again the next time', async () => {
    answer = async () => ({ choice: 'cancel', remember: true });
    const quitting = begin(docker());
    await quitting.begin();
    expect(done).toEqual([]);
    expect(quitting.leaving).toBe(false);
    answer = async () => ({ choice: 'stop', remember: false });
    await quitting.begin();
    expect(done).toEqual(['stop', 'disappear', 'close', 'exit']);
  });

  it('remembers the answer when told to', async () => {
    answer = async () => ({ choice: 'leave', remember: true });
    await begin(docker()).begin();
    expect(JSON.parse(done[0]!)).toMatchObject({ onQuit: 'leave', keepRunning: true });
    expect(done.slice(1)).toEqual(['disappear', 'close', 'exit']);
  });

  it('stays and says why when the stack cannot be stopped', async () => {
    stopProblem = { kind: 'engine-silent', message: 'no answer' };
    const quitting = begin(docker(chosen('stop')));
    await quitting.begin();
    expect(done).toEqual(['stop', 'engine-silent']);
    expect(quitting.leaving).toBe(false);
  });

  it('stays and says why when the answer cannot be kept, and can be asked again', async () => {
    answer = async () => ({ choice: 'leave', remember: true });
    failing = 'no space left on device';
    const quitting = begin(docker());
    expect(await quitting.begin()).toBe(false);
    expect(done).toEqual(['quit-failed']);
    failing = null;
    expect(await quitting.begin()).toBe(true);
    expect(done.at(-1)).toBe('exit');
  });

  it('ends the process also when the host does not close, or never ends closing', async () => {
    closing = () => Promise.reject(new Error('busy'));
    await begin(testView()).begin();
    closing = () => new Promise(() => {});
    await begin(testView()).begin({ unasked: true });
    expect(done).toEqual(['disappear', 'exit', 'disappear', 'exit']);
  });

  it('asks nothing when the system shuts down, also while the question stands, and asks once for many clicks', async () => {
    let settle = (_: QuitAnswer) => {};
    let asked = 0;
    answer = () => {
      asked += 1;
      return new Promise((resolve) => {
        settle = resolve;
      });
    };
    const quitting = begin(docker());
    const first = quitting.begin();
    await quitting.begin();
    expect(asked).toBe(1);
    await quitting.begin({ unasked: true });
    settle({ choice: 'leave', remember: false });
    await first;
    expect(done).toEqual(['disappear', 'close', 'exit']);
  });
});
