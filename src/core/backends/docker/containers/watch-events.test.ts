import { describe, expect, it } from 'vitest';
import { readEvent } from './watch-events';

describe('readEvent', () => {
  it.each(['{"Type":"container","Act', 'null', '[]', '"text"', '42', 'upgrading\u0000', ' '])(
    'takes %j, as an engine that ends leaves it, for no event',
    (line) => {
      expect(readEvent(line)).toBeNull();
    },
  );

  it.each([
    [{ Type: 'container', Action: 'died', Actor: { Attributes: { containerExitCode: '137' } } }, 'die', 137],
    [{ Type: 'container', Action: 'die', Actor: { Attributes: { exitCode: '1' } } }, 'die', 1],
    [{ Type: 'container', Action: 'health_status: healthy' }, 'health_status', undefined],
    [{ Type: 'volume', Action: 'remove' }, 'destroy', undefined],
  ])('reads %j as %s', (raw, action, exitCode) => {
    const event = readEvent(JSON.stringify({ time: 5, ...raw }));
    expect(event).toMatchObject({ action, at: 5_000 });
    expect(event!.exitCode).toBe(exitCode);
  });
});
