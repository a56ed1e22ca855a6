import { describe, expect, it } from 'vitest';
import { explainFailing } from './explain-failing';

const error = (status: number | null, lost: boolean, message = 'no') => ({
  lastError: { at: 1, message, status, lost },
});
const sumo = { kind: 'sumo', name: 'Sumo' } as const;

describe('explainFailing', () => {
  it.each([401, 403])('asks for another key after %i', (status) => {
    const problem = explainFailing(sumo, error(status, true, `${status} refused`));
    expect(problem).toMatchObject({
      kind: 'destination-key-refused',
      message: `Sumo refuses the key: ${status} refused.`,
    });
    expect(problem.hint).toMatch(
      /^Replace the key\. .* What it refuses is not sent again; what the backend keeps is not affected\.$/,
    );
  });

  it.each([301, 400, 404, 413, 501])('tells what to do after %i', (status) => {
    const problem = explainFailing(sumo, error(status, true));
    expect(problem).toMatchObject({ kind: 'destination-failing', message: 'Sumo does not take what is sent: no.' });
    expect(problem.hint).toContain('not sent again');
  });

  it('says that what waits is tried again where it is', () => {
    expect(explainFailing(sumo, error(503, false)).hint).toContain('tried again by itself');
    expect(explainFailing(sumo, error(null, false)).hint).toBe('What waits is tried again by itself.');
    expect(explainFailing(sumo, { lastError: null }).message).toContain('the reason is not known');
  });
});
