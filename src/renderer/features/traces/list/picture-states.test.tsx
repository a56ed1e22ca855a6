// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Explanation } from '../../../../shared/contract/explain';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { makeSummary, someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const window = { from: someTime, to: someTime + 600_000 };
const address = `/traces?from=${window.from}&to=${window.to}`;

beforeEach(() => {
  host.feed('traces', 'tail');
  host.answer('traces', 'tagValues', () => []);
  host.answer('traces', 'tagNames', () => ({ span: [], resource: [], intrinsic: [] }));
  host.answer('traces', 'search', () => ({ traces: [makeSummary('a')] }));
  host.answer('traces', 'aggregateRange', () => ({ series: [] }));
  host.answer('traces', 'facets', ({ fields }) => ({
    spans: 0,
    facets: fields.map((field) => ({ field, groups: [], others: { values: 0, spans: 0 }, looked: 0 })),
  }));
});

it('says of an empty window that nothing is in the picture, nor in any facet', async () => {
  await openPanel(address);
  expect(await screen.findByText('Nothing in this window')).toBeTruthy();
  await waitFor(() => expect(within(screen.getByTestId('facets')).getAllByText('none')).toHaveLength(5));
  expect(screen.getByRole('button', { name: 'Errors vs rest' }).hasAttribute('disabled')).toBe(true);
});

it.each([
  ['alike', 100, /Nothing tells .* beyond chance/],
  ['too-few', 1, /too few/i],
] as const)(
  'says of a selection that is %s that nothing differs, and what it was held against',
  async (verdict, count, said) => {
    const nothing: Explanation = {
      ...{ signal: 'traces', verdict, operations: [], outcomes: [], templates: [], metrics: [], differences: [] },
      selection: { count, looked: count, window },
      against: { count: 900, looked: 900, window },
      hidden: { count: 0, keys: [] },
      leftOut: [],
    };
    host.answer('explain', 'differences', () => nothing);
    await openPanel(`${address}&sel=errors`);
    expect((await screen.findByTestId('cause')).textContent).toMatch(said);
    expect(screen.getByText(/against 900 spans/)).toBeTruthy();
  },
);

it('says of groups that they were counted on a part, and of a duration that is not known that it is not', async () => {
  host.answer('traces', 'facets', ({ fields }) => ({
    spans: 1_000_000,
    facets: fields.map((field) => ({
      field,
      groups: [{ value: 'acme', condition: `${field} = "acme"`, count: 300_000, errors: 0, p95Ns: null }],
      others: { values: null, spans: 5 },
      looked: 300_000,
    })),
  }));
  await openPanel(`${address}&group=span.customer.id`);
  const groups = within(await screen.findByTestId('groups'));
  expect(await groups.findByText('Counted on 300,000 of 1,000,000 spans, drawn over the whole window.')).toBeTruthy();
  expect(groups.getByTitle(/^How long these spans took is not known/)).toBeTruthy();
});
