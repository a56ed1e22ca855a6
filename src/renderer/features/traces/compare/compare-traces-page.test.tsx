// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Span, Trace } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { makeShop, spanOf } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
const address = `/traces/compare?a=${a}&b=${b}&since=1h`;

function answer(first: Trace | null, second: Trace | null): void {
  host.answer('traces', 'get', ({ traceId }) => {
    const trace = traceId === a ? first : second;
    return trace && { ...trace, traceId };
  });
}

const slowPayments = (span: Span): Partial<Span> =>
  span.spanId === 'payments' ? { durationNs: 78_000_000, attributes: [{ key: 'bank', value: 'slow\u202e' }] } : {};
const rows = () => screen.getAllByRole('treeitem').map(({ textContent }) => textContent);
const tree = () => screen.findByRole('tree', { name: 'Structure of both traces' });

describe('two traces side by side', () => {
  it('show their structure as one, with what became of each part', async () => {
    const other = makeShop(slowPayments);
    answer(makeShop(), {
      ...other,
      spans: [...other.spans, { ...other.spans[1]!, spanId: 'cache', name: 'fill the cache', service: 'cache' }],
    });
    await openPanel(address);
    await tree();
    expect(rows()).toHaveLength(4);
    expect(rows().find((row) => row?.includes('work payments'))).toMatch(/slower.*60 ms → 78 ms/);
    expect(rows().find((row) => row?.includes('fill the cache'))).toMatch(/new.*– → 80 ms/);
    expect(screen.getByText('1 slower')).toBeTruthy();
    expect(screen.getByText('1 new')).toBeTruthy();
    expect(screen.queryByText(/nothing in common/)).toBeNull();
  });

  it('are gone through by keyboard: next difference, its attributes, only what differs, swapped', async () => {
    answer(makeShop(), makeShop(slowPayments));
    const { user, address: now } = await openPanel(address);
    await tree();
    await user.keyboard('n');
    const details = await screen.findByRole('region', { name: 'Compared spans' });
    expect(within(details).getByText('bank')).toBeTruthy();
    expect(within(details).getByText('slow‹U+202E›')).toBeTruthy();
    const links = within(details).getAllByRole('link');
    expect(spanOf(links[1]!.getAttribute('href')!)).toBe('payments');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Compared spans' })).toBeNull());
    await user.keyboard('s');
    await waitFor(() => expect(now()).toContain(`a=${b}&b=${a}`));
    expect(now()).toContain('since=1h');
    await screen.findByText('1 faster');
  });

  it('say where they have nothing in common', async () => {
    answer(
      makeShop(),
      makeShop(({ spanId }) => ({ name: `other ${spanId}` })),
    );
    await openPanel(address);
    expect(await screen.findByText(/nothing in common/)).toBeTruthy();
  });

  it('have something in common where all of it differs', async () => {
    answer(
      makeShop(),
      makeShop(({ durationNs }) => ({ durationNs: durationNs * 3 })),
    );
    await openPanel(address);
    await tree();
    expect(screen.getByText('3 slower')).toBeTruthy();
    expect(screen.queryByText(/nothing in common/)).toBeNull();
  });

  it('leave out what is the same where that is asked for, and say where nothing differs', async () => {
    answer(makeShop(), makeShop());
    const { user } = await openPanel(address);
    await tree();
    expect(screen.getByText(/the same structure/)).toBeTruthy();
    await user.keyboard('d');
    expect(await screen.findByText('Nothing differs.')).toBeTruthy();
  });

  it('say of which of them a part alone is compared', async () => {
    answer(makeShop(), { ...makeShop(), total: 1_000_000 });
    const { user, copied } = await openPanel(address);
    await tree();
    expect(screen.getByRole('note').textContent).toMatch(/^Of trace B, 3 of 1,000,000 spans are compared/);
    await user.keyboard('a');
    await waitFor(() => expect(copied()).toContain('It has 1000000 spans: this tells of 3'));
  });

  it('are copied for an agent and as the request that compares them', async () => {
    answer(makeShop(), makeShop(slowPayments));
    const { user, copied } = await openPanel(address);
    await tree();
    await user.keyboard('a');
    await waitFor(() => expect(copied()).toContain('- slower: payments work payments: 60 ms → 78 ms own'));
    await user.click(screen.getByRole('button', { name: /curl/ }));
    await waitFor(() => expect(copied()).toContain('/api/v2/traces/diff'));
    expect(copied()).toContain(`"base":{"traceId":"${a}"}`);
  });

  const letter = (index: number) => String.fromCharCode(97 + (index % 26));

  it('show only the rows in sight of a tree that is long', async () => {
    const [root] = makeShop().spans;
    const spans = Array.from({ length: 1000 }, (_, index) => ({
      ...root!,
      ...{
        spanId: `s${index}`,
        parentSpanId: root!.spanId,
        name: `work ${letter(index % 26)}${letter(index / 26)}${letter(index / 676)}`,
      },
    }));
    answer({ ...makeShop(), spans: [root!, ...spans] }, makeShop());
    await openPanel(address);
    await tree();
    expect(rows().length).toBeLessThan(100);
    expect(screen.getByText(/^1,00\d gone$/)).toBeTruthy();
  });
});

describe('what cannot be compared', () => {
  it('is chosen first', async () => {
    await openPanel('/traces/compare');
    expect(await screen.findByText('Two traces are needed')).toBeTruthy();
  });

  it('is waited for, and named where it is not here', async () => {
    let come: (trace: Trace | null) => void = () => {};
    host.answer('traces', 'get', ({ traceId }) =>
      traceId === a ? makeShop() : new Promise<Trace | null>((resolve) => (come = resolve)),
    );
    await openPanel(address);
    expect(await screen.findByText('Loading both traces')).toBeTruthy();
    await waitFor(() => expect(host.inputsOf('traces.get')).toHaveLength(2));
    come(null);
    expect(await screen.findByText('One trace is not here')).toBeTruthy();
    expect(screen.getByText(b)).toBeTruthy();
  });

  it('says why it could not be read', async () => {
    host.answer('traces', 'get', refuse('UNAVAILABLE', { message: 'Tempo does not answer.' }));
    await openPanel(address);
    expect(within(await screen.findByRole('alert')).getByText('Tempo does not answer.')).toBeTruthy();
  });
});
