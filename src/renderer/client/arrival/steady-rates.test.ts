import { describe, expect, it } from 'vitest';
import { steadyHistory, steadyRates } from './steady-rates';

const none = { spans: 0, logs: 0, points: 0 };
/** An SDK that exports 190 points every five seconds. */
const bursts = Array.from({ length: 20 }, (_, at) => ({ at, ...none, points: at % 5 === 0 ? 190 : 0 }));

describe('what arrives in bursts', () => {
  it('is told as its mean, whichever second is the last', () => {
    const told = [15, 16, 17, 18, 19].map((end) => {
      const history = bursts.slice(0, end + 1);
      const { spans, logs, points } = history.at(-1)!;
      return steadyRates({ rates: { spans, logs, points }, history }).points;
    });
    expect(told).toEqual([38, 38, 38, 38, 38]);
    expect(new Set(steadyHistory(bursts).map(({ points }) => points))).toEqual(new Set([38]));
    expect(steadyHistory(bursts)).toHaveLength(20);
  });

  it('is nothing once the backend is gone, and what it says where no history is', () => {
    expect(steadyRates({ rates: none, history: bursts.slice(0, 16) })).toEqual(none);
    expect(steadyRates({ rates: { ...none, spans: 7 }, history: [] })).toEqual({ ...none, spans: 7 });
  });
});
