// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../../../shared/contract/telemetry';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { makeShop, makeShopWith, shopTraceId, spanOf } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
});

async function open(trace: Trace, span?: string) {
  host.answer('traces', 'get', () => trace);
  const panel = await openPanel(`/traces/${shopTraceId}${span ? `?span=${span}` : ''}`);
  await screen.findByRole('tree', { name: 'Spans of the trace' });
  return panel;
}

const rows = () => screen.getAllByRole('treeitem').map((row) => row.dataset.span);
const rowOf = (span: string) => screen.getAllByRole('treeitem').find((row) => row.dataset.span === span)!;
const ruler = () => screen.getByRole('application', { name: 'Time axis of the trace' });
const ticks = () => [...ruler().querySelectorAll('span')].map(({ textContent }) => textContent).filter(Boolean);
const whole = ['0', '20 ms', '40 ms', '60 ms', '80 ms'];

/** Across the ruler, which is 1200 wide. */
function drag(from: number, to: number): void {
  ruler().setPointerCapture = () => {};
  fireEvent.pointerDown(ruler(), { pointerId: 1, clientX: from });
  fireEvent.pointerMove(ruler(), { pointerId: 1, clientX: to });
  fireEvent.pointerUp(ruler(), { pointerId: 1, clientX: to });
}

describe('folding', () => {
  it('hides what is below a span, counts it, and shows it again', async () => {
    const { user, address } = await open(makeShop());
    expect(rows()).toEqual(['gateway', 'orders', 'payments']);
    await user.click(within(rowOf('gateway')).getByRole('button', { name: 'Hide what is below' }));
    await waitFor(() => expect(rows()).toEqual(['gateway']));
    expect(rowOf('gateway').getAttribute('aria-expanded')).toBe('false');
    expect(within(rowOf('gateway')).getByText('+2')).toBeTruthy();
    await user.click(within(rowOf('gateway')).getByRole('button', { name: 'Show what is below' }));
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(spanOf(address())).toBeNull();
  });

  it('follows the arrow keys: in and out, then along the tree', async () => {
    const { user, address } = await open(makeShop(), 'orders');
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(rows()).toEqual(['gateway', 'orders']));
    expect(spanOf(address())).toBe('orders');
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(spanOf(address())).toBe('gateway'));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(spanOf(address())).toBe('orders'));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    await user.keyboard('{ArrowRight}');
    expect(spanOf(address())).toBe('payments');
  });

  it('is done for all by levels, with buttons and keys, as far as there are any', async () => {
    const { user } = await open(makeShop());
    const less = screen.getByRole('button', { name: 'One level less' });
    const more = screen.getByRole('button', { name: 'One level more' });
    expect(screen.getByText('3 of 3')).toBeTruthy();
    expect(isDisabled(more)).toBe(true);
    await user.click(less);
    await waitFor(() => expect(rows()).toEqual(['gateway', 'orders']));
    await user.keyboard('[[[[[[');
    await waitFor(() => expect(rows()).toEqual(['gateway']));
    expect(screen.getByText('1 of 3')).toBeTruthy();
    expect(isDisabled(less)).toBe(true);
    await user.keyboard(']]');
    await waitFor(() => expect(rows()).toHaveLength(3));
  });

  it('gives way to what is gone to: an error in a folded part is shown', async () => {
    const { user, address } = await open(makeShopWith('payments', { status: { code: 'error', message: '' } }));
    await user.click(screen.getByRole('button', { name: 'One level less' }));
    await waitFor(() => expect(rows()).not.toContain('payments'));
    await user.click(screen.getByRole('button', { name: 'Next error' }));
    await waitFor(() => expect(rows()).toContain('payments'));
    expect(spanOf(address())).toBe('payments');
    expect(rowOf('payments').getAttribute('aria-selected')).toBe('true');
  });
});

describe('zooming', () => {
  it('shows the part that was dragged over, and the whole again with a double click', async () => {
    await open(makeShop());
    expect(ticks()).toEqual(whole);
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull();
    drag(600, 300);
    await waitFor(() => expect(ticks()).toEqual(['25 ms', '30 ms', '35 ms', '40 ms', '45 ms']));
    expect(screen.getByRole('button', { name: 'Show all' })).toBeTruthy();
    fireEvent.doubleClick(ruler());
    await waitFor(() => expect(ticks()).toEqual(whole));
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull();
  });

  it('takes a click for none', async () => {
    await open(makeShop());
    drag(300, 302);
    expect(ticks()).toEqual(whole);
  });

  it('is undone with its button, and with Escape once no span is chosen', async () => {
    const { user, address } = await open(makeShop(), 'orders');
    drag(300, 600);
    await user.click(await screen.findByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(ticks()).toEqual(whole));
    drag(300, 600);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(spanOf(address())).toBeNull());
    expect(ticks()).not.toEqual(whole);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(ticks()).toEqual(whole));
  });
});

describe('the rows', () => {
  it('are chosen with a click', async () => {
    const { user, address } = await open(makeShop());
    await user.click(screen.getByText('work payments'));
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    expect(await screen.findByTestId('span-details')).toBeTruthy();
  });

  it('name a service where it is entered, and no more than that', async () => {
    await open(makeShop(({ spanId }) => ({ service: spanId === 'gateway' ? 'gateway' : 'orders' })));
    expect(within(rowOf('orders')).getByText('orders')).toBeTruthy();
    expect(within(rowOf('payments')).queryByText('orders')).toBeNull();
  });

  it('mark what failed by a shape, and what came without its parent', async () => {
    await open(makeShopWith('payments', { status: { code: 'error', message: '' }, parentSpanId: 'lost' }));
    expect(within(rowOf('payments')).getByRole('img', { name: 'Error' })).toBeTruthy();
    expect(within(rowOf('payments')).getByLabelText('Its parent span was not received')).toBeTruthy();
    expect(screen.getAllByRole('img', { name: 'Error' })).toHaveLength(1);
    expect(screen.getAllByLabelText('Its parent span was not received')).toHaveLength(1);
  });

  it('say in place of a duration what is not known of it', async () => {
    await open(makeShopWith('payments', { timing: 'unfinished', durationNs: 0 }));
    expect(within(rowOf('payments')).getByText('not finished')).toBeTruthy();
    expect(within(rowOf('orders')).getByText('80 ms')).toBeTruthy();
  });

  it('go from match to match with n and N, and with the buttons, and mark what was found', async () => {
    const { user, address } = await open(makeShop(), 'orders');
    const search = screen.getByLabelText('Search inside the trace');
    await user.type(search, 'pay');
    await screen.findByText('– of 1');
    expect(within(rowOf('payments')).getByText('work payments').className).toContain('bg-warn-soft');
    expect(within(rowOf('gateway')).getByText('work gateway').className).not.toContain('bg-warn-soft');
    await user.clear(search);
    await user.type(search, 'work');
    await screen.findByText('2 of 3');
    search.blur();
    await user.keyboard('n');
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    await user.keyboard('n');
    await waitFor(() => expect(spanOf(address())).toBe('gateway'));
    await user.keyboard('N');
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    await user.click(screen.getByRole('button', { name: 'Previous match' }));
    await waitFor(() => expect(spanOf(address())).toBe('orders'));
    await user.click(screen.getByRole('button', { name: 'Next match' }));
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
  });
});

it('explains its marks', async () => {
  const { user } = await open(makeShop());
  await user.click(screen.getByRole('button', { name: 'Legend' }));
  const legend = await screen.findByRole('list', { name: 'Legend' });
  const meanings = within(legend).getAllByRole('listitem');
  expect(meanings).toHaveLength(10);
  expect(within(legend).getByText(/On the critical path/)).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Legend' })).toBeNull());
});

describe('clocks that disagree', () => {
  it('are named with how far they are apart, and no time is changed', async () => {
    const early = makeShopWith('orders', { startNs: '1699999999900000000', durationNs: 20_000_000 });
    await open(early);
    const note = screen.getByRole('note');
    expect(note.textContent).toContain('The clock of gateway is about 100 ms ahead of that of orders');
    expect(note.textContent).toContain('Times are shown as they were sent.');
    expect(within(rowOf('orders')).getByText('20 ms')).toBeTruthy();
  });

  it('are corrected where that is wished, in the address, and shown as such', async () => {
    const early = makeShopWith('orders', { startNs: '1699999999900000000', durationNs: 20_000_000 });
    const { user, address } = await open(early);
    expect(screen.getByText('200 ms')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Correct the clocks' }));
    await waitFor(() => expect(address()).toContain('clocks=corrected'));
    expect(screen.getByRole('note').textContent).toContain('an estimate, not what was sent');
    await waitFor(() => expect(screen.queryByText('200 ms')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Show times as sent' }));
    expect(await screen.findByText('200 ms')).toBeTruthy();
  });

  it('are not spoken of where all agree', async () => {
    await open(makeShop());
    expect(screen.queryByRole('note')).toBeNull();
  });
});
