import { describe, expect, it } from 'vitest';
import { DestinationInput } from '../../../shared/contract/destinations';
import { checkDestination, type DestinationDraft } from './check-destination';

const sumo: DestinationDraft = {
  kind: 'sumo',
  name: ' Sumo ',
  endpoint: 'https://endpoint1.collection.sumologic.com/receiver/v1/otlp',
  instanceId: '',
  token: 'secret',
  headers: null,
};
const otlp: DestinationDraft = { ...sumo, kind: 'otlp', endpoint: 'http://localhost:4318', token: '' };
const problems = (draft: DestinationDraft, hasSecret = false) => {
  const checked = checkDestination(draft, hasSecret);
  return 'problems' in checked ? checked.problems : {};
};

describe('checkDestination', () => {
  it('yields what the contract takes, for every kind', () => {
    const grafana: DestinationDraft = { ...sumo, kind: 'grafana-cloud', instanceId: '123' };
    const withHeaders: DestinationDraft = { ...otlp, headers: [{ name: 'x-key', value: 'v' }] };
    for (const draft of [sumo, grafana, otlp, withHeaders]) {
      const checked = checkDestination(draft, false);
      expect('input' in checked && DestinationInput.safeParse(checked.input).success).toBe(true);
    }
  });

  it('asks for a token at first and keeps the known one at an edit', () => {
    const draft = { ...sumo, token: ' ' };
    expect(problems(draft)).toEqual({ token: 'A token is needed.' });
    const checked = checkDestination(draft, true);
    expect('input' in checked && checked.input).toEqual({ kind: 'sumo', name: 'Sumo', endpoint: sumo.endpoint });
  });

  it('takes nothing but HTTP URLs', () => {
    for (const endpoint of ['', 'localhost:4318', 'ftp://x', 'https://']) {
      expect(problems({ ...otlp, endpoint })).toHaveProperty('endpoint');
    }
  });

  it('names the header that cannot be one', () => {
    const headers = (...all: [string, string][]) => all.map(([name, value]) => ({ name, value }));
    expect(problems({ ...otlp, headers: headers(['a b', '1']) }).headers).toContain('“a b”');
    expect(problems({ ...otlp, headers: headers(['a', '1'], ['A', '2']) }).headers).toContain('twice');
    expect(problems({ ...otlp, headers: headers(['a', '']) }).headers).toContain('value');
  });
});
