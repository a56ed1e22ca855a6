// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../shared/contract/explain';
import type { Facets } from '../../../../shared/contract/facets';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { makeSummary, someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

/** Ten minutes of steps of five seconds. */
const window = { from: someTime, to: someTime + 600_000 };
const address = `/traces?from=${window.from}&to=${window.to}`;
const hostile = '<img src=x onerror="alert(1)">\u202e\u0000';
/** In the third step: 90 spans of 1 to 2 ms, 10 of half a second to one, of which 10 failed. */
const end = someTime + 15_000;
const bucket = (power: number, count: number) => ofLabel('__bucket', 2 ** power / 1e9, count);
const status = (name: string, count: number) => ofLabel('status', name, count);

function ofLabel(key: string, value: number | string, count: number) {
  return { labels: [{ key, value }], points: [[end, count]] as [number, number][] };
}

beforeEach(() => {
  host.feed('traces', 'tail');
  host.answer('traces', 'tagValues', () => ['shop']);
  host.answer('traces', 'search', () => ({ traces: [makeSummary('a'), makeSummary('b', { durationNs: 9e9 }, -1)] }));
  host.answer('traces', 'tagNames', () => ({ span: ['customer.id'], resource: [], intrinsic: [] }));
  host.answer('traces', 'aggregateRange', ({ query }) => ({
    series: query.includes('histogram') ? [bucket(21, 90), bucket(30, 10)] : [status('unset', 90), status('error', 10)],
  }));
  host.answer('traces', 'facets', ({ fields }) => facetsOf(fields));
  host.answer('explain', 'differences', () => explanation());
});

function facetsOf(fields: readonly string[], fewer: Partial<Facets['facets'][number]> = {}): Facets {
  return {
    spans: 100,
    facets: fields.map((field) => ({
      field,
      groups: [
        { value: 'acme', condition: `${field} = "acme"`, count: 60, errors: 10, p95Ns: 5e8 },
        { value: hostile, condition: `${field} = ${JSON.stringify(hostile)}`, count: 30, errors: 0, p95Ns: 1e9 },
        { value: null, condition: `${field} = nil`, count: 4, errors: 0, p95Ns: null },
      ],
      others: { values: 3, spans: 6 },
      looked: 100,
      ...fewer,
    })),
  };
}

function explanation(fields: Partial<Explanation> = {}): Explanation {
  const figures = { selectionCount: 9, againstCount: 2, chance: 1e-9, effect: 2, same: [], follows: 0, following: [] };
  return {
    ...{ signal: 'traces', verdict: 'differs', operations: [], outcomes: [], templates: [], metrics: [] },
    selection: { count: 10, looked: 10, window },
    against: { count: 90_000, looked: 25_000, window },
    differences: [
      {
        ...{ place: 'span', key: 'customer.id', value: 'acme', share: 0.9, expected: 0.05, lift: 18, ...figures },
        query: '{ span.customer.id = "acme" }',
      },
      {
        ...{ place: 'resource', key: hostile, value: hostile, share: 0.5, expected: 0, lift: null, ...figures },
        query: null,
      },
    ],
    hidden: { count: 2, keys: [{ place: 'span', key: 'request.id' }] },
    leftOut: [],
    ...fields,
  };
}

const heatMap = () => screen.findByRole('application', { name: /Spans by duration/ });
const explained = () => host.inputsOf('explain.differences') as { selection: object; against: object }[];
const searched = () => host.inputsOf('traces.search') as { query: string; window: object }[];

describe('the picture of durations', () => {
  it('tells how many spans there are, and how many failed', async () => {
    await openPanel(address);
    await waitFor(() => expect(screen.getByTestId('picture-count').textContent).toBe('100 spans, 10 failed'));
    const map = await heatMap();
    expect(document.getElementById(map.getAttribute('aria-describedby')!)!.textContent).toContain(
      '100 spans. Most: 90',
    );
  });

  it('says why there is none, and shows the list', async () => {
    host.answer('traces', 'aggregateRange', refuse('UNAVAILABLE', { message: 'This Tempo has no metrics.' }));
    await openPanel(address);
    expect(await screen.findByText('This Tempo has no metrics.')).toBeTruthy();
    expect(await screen.findByText('GET /a')).toBeTruthy();
  });

  it('asks for root spans alone where those are chosen', async () => {
    const { user, address: where } = await openPanel(address);
    await user.click(await screen.findByRole('tab', { name: 'Root spans' }));
    await waitFor(() => expect(where()).toContain('roots=true'));
    await waitFor(() =>
      expect(JSON.stringify(host.inputsOf('traces.aggregateRange').at(-1))).toContain('nestedSetParent < 0'),
    );
  });

  it('stays folded, and is asked for no more', async () => {
    const { user } = await openPanel(address);
    await heatMap();
    await user.click(screen.getByRole('button', { name: 'Durations over time' }));
    expect(screen.queryByRole('application')).toBeNull();
    expect(localStorage.getItem('traces:picture-folded')).toBe('on');
  });
});

describe('a rectangle drawn by keys', () => {
  it('filters the list, is in the address, and opens what differs', async () => {
    const { user, address: where } = await openPanel(address);
    const map = await heatMap();
    map.focus();
    // To the third column, the row of the slow ones, and one cell to the left.
    await user.keyboard('{Home}{ArrowRight}{ArrowRight}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}');
    await user.keyboard('{Shift>}{ArrowLeft}{/Shift}{Enter}');
    await waitFor(() => expect(where()).toContain('sel='));
    const [low, high] = [2 ** 29, 2 ** 30];
    await waitFor(() =>
      expect(searched().at(-1)).toMatchObject({
        query: expect.stringContaining(`duration > ${low}ns && duration <= ${high}ns`),
        window: { from: someTime + 5000, to: someTime + 15_000 },
      }),
    );
    await waitFor(() => expect(explained()).toHaveLength(1));
    expect(explained()[0]).toMatchObject({
      selection: {
        window: { from: someTime + 5000, to: someTime + 15_000 },
        slowerThanMs: (low + 1) / 1e6,
        fasterThanMs: high / 1e6,
      },
      against: { kind: 'rest', of: { window } },
    });
    expect((await screen.findByTestId('cause')).textContent).toBe(
      'customer.id = acme is in 90 % of them, and in 5.0 % of comparable others, 18 times as often.',
    );
  });
});

describe('what differs', () => {
  it('tells values, how many were looked at and which keys are hidden', async () => {
    await openPanel(`${address}&sel=errors`);
    const panel = await screen.findByTestId('what-differs');
    await within(panel).findByText(/10 spans against 90,000 spans \(25,000 of them looked at\)\./);
    expect(panel.textContent).toContain('2 keys are not told');
    expect(panel.textContent).toContain('only here');
    expect(panel.querySelector('img')).toBeNull();
    expect(explained()[0]).toMatchObject({ selection: { errors: true, window } });
  });

  it('tells what follows from a value, but not that others of its key are rarer', async () => {
    const { differences, ...rest } = explanation();
    const following = [
      { place: 'span', key: differences[0]!.key, value: 'bolt' } as const,
      { place: 'resource', key: 'service.version', value: '2.5.0' } as const,
    ];
    host.answer('explain', 'differences', () => ({
      ...rest,
      differences: [{ ...differences[0]!, follows: 4, following }],
    }));
    await openPanel(`${address}&sel=errors`);
    expect(await screen.findByText('Follows from it: service.version = 2.5.0, 2 more')).toBeTruthy();
  });

  it('narrows by one click, and leaves the selection', async () => {
    const { user, address: where } = await openPanel(`${address}&sel=errors`);
    await user.click(await screen.findByRole('button', { name: 'Only customer.id = acme' }));
    await waitFor(() => expect(where()).not.toContain('sel='));
    await waitFor(() => expect(searched().at(-1)?.query).toContain('{ span.customer.id = "acme" }'));
  });

  it('excludes by one click, without losing spans that have no such attribute', async () => {
    const { user } = await openPanel(`${address}&sel=errors`);
    await user.click(await screen.findByRole('button', { name: 'Without customer.id = acme' }));
    await waitFor(() =>
      expect(searched().at(-1)?.query).toContain(
        '(span.customer.id != "acme" || span.customer.id = nil) && status = error',
      ),
    );
  });

  it('adds a column and groups by one click each', async () => {
    const { user, address: where } = await openPanel(`${address}&sel=errors`);
    await user.click(await screen.findByRole('button', { name: 'span.customer.id as a column' }));
    await waitFor(() => expect(searched().at(-1)?.query).toContain('span.customer.id)'));
    await user.click(await screen.findByRole('button', { name: 'Group by span.customer.id' }));
    await waitFor(() => expect(where()).toContain('group=span.customer.id'));
  });

  it.each([
    [{ verdict: 'alike', differences: [] } as const, /Nothing tells the failed spans from the rest/],
    [{ verdict: 'too-few', differences: [] } as const, /too few/],
  ])('says of %j that there is no cause', async (fields, said) => {
    host.answer('explain', 'differences', () => explanation({ ...fields, differences: [] }));
    await openPanel(`${address}&sel=errors`);
    expect((await screen.findByTestId('cause')).textContent).toMatch(said);
  });

  it('says why it is refused', async () => {
    host.answer('explain', 'differences', refuse('UNAVAILABLE', { message: 'It took too long.' }));
    await openPanel(`${address}&sel=errors`);
    expect(await within(await screen.findByTestId('what-differs')).findByText('It took too long.')).toBeTruthy();
  });

  it('opens and closes by e, and copies for an agent', async () => {
    const { user, address: where, copied } = await openPanel(address);
    await screen.findByText('GET /a');
    await user.keyboard('e');
    await waitFor(() => expect(where()).toContain('sel=errors'));
    await user.click(await screen.findByRole('button', { name: /For an agent: copy what differs/ }));
    await waitFor(() => expect(copied()).toContain('span.customer.id=acme: 90 % instead of 5.0 %'));
    await user.click(screen.getByRole('button', { name: 'Give up the selection' }));
    await waitFor(() => expect(where()).not.toContain('sel='));
  });

  it('takes the slowest by the bound that leaves a twentieth', async () => {
    host.answer('traces', 'aggregateRange', ({ query }) => ({
      series: query.includes('histogram') ? [bucket(21, 97), bucket(30, 3)] : [],
    }));
    const { user, address: where } = await openPanel(address);
    const slow = await screen.findByRole<HTMLButtonElement>('button', { name: 'Slow vs rest' });
    await waitFor(() => expect(slow.disabled).toBe(false));
    await user.click(slow);
    await waitFor(() => expect(where()).toContain(`sel=slow_${2 ** 21}`));
  });
});

describe('facets', () => {
  it('narrow by a click, exclude by another, and say what they leave out', async () => {
    const { user } = await openPanel(address);
    const facets = await screen.findByTestId('facets');
    const service = await within(facets).findByRole('region', { name: 'Service' });
    expect(service.textContent).toContain('3 more, 6 spans');
    expect(facets.querySelector('img')).toBeNull();
    await user.click(within(service).getByRole('button', { name: 'Without resource.service.name = "acme"' }));
    await waitFor(() => expect(searched().at(-1)?.query).toContain('{ resource.service.name != "acme" }'));
  });

  it('say that they are of a part', async () => {
    host.answer('traces', 'facets', ({ fields }) => facetsOf(fields, { looked: 40 }));
    await openPanel(address);
    expect((await screen.findAllByText('of 40 spans looked at')).length).toBeGreaterThan(0);
  });

  it('say why there are none', async () => {
    host.answer('traces', 'facets', refuse('UNAVAILABLE', { message: 'No counting here.' }));
    await openPanel(address);
    expect(await screen.findByText(/No facets: No counting here/)).toBeTruthy();
  });

  it('are pinned and unpinned in this browser', async () => {
    const { user } = await openPanel(address);
    await user.click(await screen.findByRole('button', { name: 'Pin a facet' }));
    await user.click(await screen.findByRole('button', { name: 'span.customer.id' }));
    await user.click(await screen.findByRole('button', { name: 'Unpin span.customer.id' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Unpin span.customer.id' })).toBeNull());
    expect(localStorage.getItem('traces:facets')).toBe('');
  });
});

describe('groups', () => {
  const cells = () =>
    within(screen.getByTestId('groups'))
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('td')?.textContent);

  it('stand by spans, by p95 where asked for, and tell what they leave out', async () => {
    const { user } = await openPanel(`${address}&group=span.customer.id`);
    const groups = await screen.findByTestId('groups');
    await within(groups).findByText('acme');
    expect(groups.textContent).toContain('3 more values of fewer spans are not shown; 6 spans have others.');
    expect(groups.textContent).toContain('10 (17 %)');
    expect(cells()[0]).toBe('acme');
    await user.click(within(groups).getByRole('button', { name: 'p95' }));
    await waitFor(() => expect(cells()[0]).toContain('img src'));
    expect(groups.querySelector('img')).toBeNull();
  });

  it('are stepped through by j and k, narrow with Enter, and are left with Escape', async () => {
    const { user, address: where } = await openPanel(`${address}&group=span.customer.id`);
    await within(await screen.findByTestId('groups')).findByText('acme');
    await user.keyboard('j');
    expect(document.activeElement?.textContent).toBe('acme');
    await user.keyboard('jk{Enter}');
    await waitFor(() => expect(searched().at(-1)?.query).toContain('span.customer.id = "acme"'));
    cleanup();
    const again = await openPanel(`${address}&group=span.customer.id`);
    await screen.findByTestId('groups');
    await again.user.keyboard('{Escape}');
    await waitFor(() => expect(again.address()).not.toContain('group='));
    expect(where()).not.toContain('group=');
  });

  it('narrow by a click, and go back to the traces', async () => {
    const { user, address: where } = await openPanel(`${address}&group=span.customer.id`);
    await user.click(await within(await screen.findByTestId('groups')).findByRole('button', { name: 'acme' }));
    await waitFor(() => expect(where()).not.toContain('group='));
    expect(await screen.findByText('GET /a')).toBeTruthy();
  });

  it.each([
    ['nothing', () => ({ spans: 0, facets: [] }), /No span matches/],
    ['a refusal', refuse('QUERY', { message: 'no such field' }), /no such field/],
  ] as const)('say %s', async (_, answer, said) => {
    host.answer('traces', 'facets', answer);
    await openPanel(`${address}&group=span.x`);
    expect(await within(await screen.findByTestId('groups')).findByText(said)).toBeTruthy();
  });
});

it('waits for each part with a word or its place, and has the list meanwhile', async () => {
  host.answer('traces', 'aggregateRange', () => new Promise(() => {}));
  host.answer('traces', 'facets', () => new Promise(() => {}));
  host.answer('explain', 'differences', () => new Promise(() => {}));
  const { user } = await openPanel(`${address}&sel=errors`);
  expect(await screen.findByText('Holding them against the rest')).toBeTruthy();
  expect(await screen.findByText('GET /a')).toBeTruthy();
  const places = [...document.querySelectorAll('main .animate-pulse')];
  expect(places.some((place) => place.closest('[data-testid=facets]'))).toBe(true);
  expect(places.some((place) => place.className.includes('h-[180px]'))).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Give up the selection' }));
  await user.click(screen.getByRole('button', { name: 'Group by' }));
  await user.click(await screen.findByRole('button', { name: 'name' }));
  expect(await screen.findByText('Counting')).toBeTruthy();
});

describe('the order of the list', () => {
  it('is asked for over the newest thousand, is in the address, and says so', async () => {
    const { user, address: where } = await openPanel(address);
    await screen.findByText('GET /a');
    await user.click(within(screen.getByTestId('trace-head')).getByRole('button', { name: 'Duration' }));
    await waitFor(() => expect(where()).toContain('top=duration'));
    await waitFor(() => expect(searched().at(-1)).toMatchObject({ limit: 1000 }));
    await waitFor(() => {
      const rows = within(screen.getByTestId('trace-list')).getAllByRole('link');
      expect(rows[0]!.textContent).toContain('GET /b');
    });
  });
});
