import { describe, expect, it } from 'vitest';
import { localOnly } from './render/alloy-pipeline';
import type { SwitchEvent, SwitchState } from './state';
import { transition } from './transition';

const one = { ...localOnly, faro: true };
const two = { ...localOnly, redaction: [{ action: 'drop' as const, keys: 'a', enabled: true }] };
const failed: SwitchEvent = { type: 'failed', problem: { kind: 'alloy-unhealthy', message: 'm' } };
const start: SwitchState = { name: 'steady', inForce: localOnly, problem: null };

function play(...events: SwitchEvent[]) {
  let state = start;
  const done: string[] = [];
  for (const event of events) {
    const step = transition(state, event);
    state = step.state;
    done.push(...step.commands.map((command) => command.do));
  }
  return { state, done };
}

describe('transition', () => {
  it('goes through validate, install and verify to the new setting', () => {
    const { state, done } = play({ type: 'want', pipeline: one }, { type: 'done' }, { type: 'done' }, { type: 'done' });
    expect(done).toEqual(['validate', 'install', 'verify', 'report']);
    expect(state).toEqual({ name: 'steady', inForce: one, problem: null });
  });

  it('puts nothing back after a failed validation, since nothing was put in place', () => {
    const { state, done } = play({ type: 'want', pipeline: one }, failed);
    expect(done).toEqual(['validate', 'report']);
    expect(state).toMatchObject({ name: 'steady', inForce: localOnly, problem: { kind: 'alloy-unhealthy' } });
  });

  it.each([1, 2])('puts the old files back when step %i after the validation fails', (steps) => {
    const passed = Array.from({ length: steps }, (): SwitchEvent => ({ type: 'done' }));
    const { state, done } = play({ type: 'want', pipeline: one }, ...passed, failed, { type: 'done' });
    expect(done.slice(-2)).toEqual(['put-back', 'report']);
    expect(state).toMatchObject({ name: 'steady', inForce: localOnly });
  });

  it('restarts only when putting back failed too, and ends in any case', () => {
    const { state, done } = play({ type: 'want', pipeline: one }, { type: 'done' }, failed, failed, failed);
    expect(done.slice(-3)).toEqual(['put-back', 'restart', 'report']);
    expect(state).toMatchObject({ name: 'steady', inForce: localOnly });
  });

  it('begins the newest switch that was asked for meanwhile, after success and after failure', () => {
    for (const outcome of [{ type: 'done' } as const, failed]) {
      const { state, done } = play(
        { type: 'want', pipeline: one },
        { type: 'want', pipeline: localOnly },
        { type: 'want', pipeline: two },
        { type: 'done' },
        { type: 'done' },
        outcome,
        { type: 'done' },
      );
      expect(done.filter((command) => command === 'validate')).toHaveLength(2);
      expect(state).toMatchObject({ target: two, next: null });
    }
  });

  it('is changed by nothing but a wish while steady', () => {
    expect(play({ type: 'done' }, failed)).toEqual({ state: start, done: [] });
  });
});
