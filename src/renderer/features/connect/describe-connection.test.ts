import { describe, expect, it } from 'vitest';
import { describeConnection } from './describe-connection';

const now = 1_760_000_000_000;
const minutes = (count: number) => now - count * 60_000;

describe('describeConnection', () => {
  it('does not call a service silent before it has looked', () => {
    expect(describeConnection(undefined, now)).toMatchObject({ health: 'busy', connected: false });
  });

  it('knows a service that sends already', () => {
    expect(describeConnection({ span: minutes(3), log: null }, now)).toMatchObject({ connected: true, health: 'ok' });
  });

  it('says when a service that is silent now sent last', () => {
    const { text, connected } = describeConnection({ span: minutes(180), log: minutes(1) }, now);
    expect([text, connected]).toEqual(['sent its last span 3 h ago', false]);
  });

  it('knows one that sends logs alone', () => {
    expect(describeConnection({ span: null, log: minutes(0) }, now)).toMatchObject({
      connected: true,
      text: 'sends logs, and no spans yet',
    });
  });

  it('waits for one that has sent nothing', () => {
    expect(describeConnection({ span: null, log: null }, now)).toMatchObject({
      health: 'waiting',
      text: 'has sent nothing yet',
    });
  });
});
