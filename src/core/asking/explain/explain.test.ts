import { expect, it } from 'vitest';
import type { ExplainInput, Explanation } from '../../../shared/contract/explain';
import type { AskedHost } from '../answer/asked-host';
import { ShownIds } from '../answer/shown-ids';
import { ask } from '../ask';

const now = 10 * 3_600_000;

/** What the host is asked to hold against what, and the first line of what is told of it. */
async function explain(given: Record<string, string | boolean>): Promise<{ input: ExplainInput; head: string }> {
  const inputs: ExplainInput[] = [];
  const population = { count: 7 };
  const explanation = {
    ...{
      signal: 'traces',
      selection: population,
      against: population,
      verdict: 'alike',
      hidden: { count: 0, keys: [] },
    },
    ...{ operations: [], differences: [], outcomes: [], metrics: [], templates: [], leftOut: [] },
  } as unknown as Explanation;
  const differences = async (input: ExplainInput) => {
    inputs.push(input);
    return explanation;
  };
  const client = { explain: { differences } } as unknown as AskedHost['client'];
  const host: AskedHost = { client, panel: 'http://here', mask: (text) => text, ids: new ShownIds() };
  const { text } = await ask(host, 'explain', given, new AbortController().signal, { now });
  return { input: inputs[0]!, head: text.split('\n')[0]! };
}

it('holds all against all of the time before, or of another run, and says so', async () => {
  const before = await explain({ against: 'before', service: 'shop' });
  expect(before.input.selection).not.toHaveProperty('errors');
  expect(before.input.against).toMatchObject({ kind: 'window' });
  expect(before.head).toContain(
    '7: all spans of shop in the last 1 h against all spans of shop in as long a time before (7)',
  );
  const run = await explain({ against: 'shop~1' });
  expect(run.input.against).toEqual({ kind: 'population', population: { run: 'shop~1' } });
  expect(run.head).toContain('against all spans in run shop~1');
});

it('holds failures against failures where failures are asked for, and against the rest by itself', async () => {
  const failures = await explain({ against: 'before', error: true });
  expect(failures.input.selection).toMatchObject({ errors: true });
  expect(failures.head).toContain('failed spans in the last 1 h against failed spans in as long a time before');
  const rest = await explain({});
  expect(rest.input).toMatchObject({ selection: { errors: true }, against: { kind: 'rest' } });
  expect(rest.head).toContain('failed spans in the last 1 h against the rest');
  const slow = await explain({ against: 'before', min: '200ms' });
  expect(slow.input.selection).toMatchObject({ slowerThanMs: 200 });
  expect(slow.input.selection).not.toHaveProperty('errors');
});
