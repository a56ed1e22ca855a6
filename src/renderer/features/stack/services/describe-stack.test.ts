import { describe, expect, it } from 'vitest';
import { describeService, describeStack } from './describe-stack';

const ended = { state: 'exited', outOfMemory: false, crashes: 1, exitCode: 1 } as const;

describe('describeStack', () => {
  it('says the step while something is under way', () => {
    expect(describeStack({ state: 'starting', step: 'Starting Tempo', services: [] })).toEqual({
      word: 'Starting',
      health: 'busy',
      sentence: 'Starting Tempo',
    });
  });

  it('counts who answers when it is degraded', () => {
    const service = {
      name: 'loki',
      title: 'Loki',
      image: '',
      state: 'ready',
      outOfMemory: false,
      crashes: 0,
      ports: [],
    } as const;
    const services = [
      { ...service, ports: [] },
      { ...service, ports: [], state: 'exited' as const },
    ];
    expect(describeStack({ state: 'degraded', step: '', services })).toMatchObject({
      health: 'warn',
      sentence: '1 of 2 services answer',
    });
  });
});

describe('describeService', () => {
  it('names the exit code and the crashes of one that ended', () => {
    expect(describeService(ended)).toEqual({ word: 'ended', health: 'bad', note: 'exit code 1, 1 crash' });
  });

  it('prefers the reason to the code when memory ran out', () => {
    expect(describeService({ ...ended, exitCode: 137, outOfMemory: true, crashes: 3 }).note).toBe(
      'out of memory, 3 crashes',
    );
  });

  it('does not alarm about one that was stopped', () => {
    expect(describeService({ ...ended, exitCode: 0, crashes: 0 }).health).toBe('off');
  });

  it('leaves out how the last run ended once it is ready again', () => {
    expect(describeService({ ...ended, state: 'ready' })).toEqual({ word: 'ready', health: 'ok', note: '1 crash' });
  });
});
