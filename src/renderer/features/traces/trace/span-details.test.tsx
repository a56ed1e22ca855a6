// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Attribute, Trace } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { makeShop, makeShopWith, shopTraceId } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
});

/** The details of the span `orders`. */
async function open(trace: Trace) {
  host.answer('traces', 'get', () => trace);
  const panel = await openPanel(`/traces/${shopTraceId}?span=orders`);
  return { ...panel, details: within(await screen.findByTestId('span-details')) };
}

const withAttributes = (...attributes: Attribute[]) => open(makeShopWith('orders', { attributes }));

describe('an attribute', () => {
  it('that holds JSON is shown as a tree, and copied as it was sent', async () => {
    const value = '{"items":[1,{"sku":"a"}],"big":12345678901234567890}';
    const { user, copied, details } = await withAttributes({ key: 'order', value });
    expect(details.getByText('12345678901234567890')).toBeTruthy();
    expect(details.getByText('sku:').closest('details')?.open).toBe(false);
    expect(details.getByText('items:').closest('details')?.open).toBe(true);
    await user.click(details.getByRole('button', { name: 'Copy order' }));
    expect(copied()).toBe(value);
  });

  it('that holds SQL is laid out by its clauses, shown as it came when asked for, and copied whole', async () => {
    const value = "select id, name from orders where id = $1 and name = '<b>x</b>'";
    const { user, copied, details } = await withAttributes({ key: 'db.query.text', value });
    const shown = () => details.getByText('db.query.text').closest('dt')!.nextElementSibling!;
    await waitFor(() => expect(shown().textContent).toMatch(/select\s*\n\s+id,\s*\n\s+name\s*\nfrom\s*\n/));
    expect(shown().querySelector('b')).toBeNull();
    await user.click(details.getByRole('button', { name: 'as it came' }));
    expect(details.getByText(value)).toBeTruthy();
    await user.click(details.getByRole('button', { name: 'Copy db.query.text' }));
    expect(copied()).toBe(value);
  });

  it('that holds Markdown is shown as it is meant, its HTML as text, and copied whole', async () => {
    const value = '# Plan\n\n- first\n- second\n\n<img src=x onerror=alert(1)> **now**';
    const { user, copied, details } = await withAttributes({ key: 'note', value });
    expect(details.getByText('Plan').tagName).toBe('P');
    expect(details.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['first', 'second']);
    expect(document.querySelector('[data-testid=span-details] img')).toBeNull();
    expect(details.getByText(/<img src=x onerror=alert\(1\)>/)).toBeTruthy();
    await user.click(details.getByRole('button', { name: 'Copy note' }));
    expect(copied()).toBe(value);
  });

  it('that is long shows its beginning, then the whole, and is copied whole', async () => {
    const value = 'x'.repeat(5000);
    const { user, copied, details } = await withAttributes({ key: 'blob', value });
    expect(details.queryByText(value)).toBeNull();
    await user.click(details.getByRole('button', { name: 'Copy blob' }));
    expect(copied()).toBe(value);
    await user.click(details.getByRole('button', { name: '… show all 5,000 characters' }));
    expect(await details.findByText(value)).toBeTruthy();
  });

  it('that is no text is shown as JSON writes it, in the order of the names', async () => {
    const { details } = await withAttributes(
      { key: 'zone', value: true },
      { key: 'list', value: ['a', 1] },
      { key: 'count', value: 7 },
    );
    expect(details.getByText('true')).toBeTruthy();
    const names = [...document.querySelectorAll('[data-testid=span-details] dl.divide-y > div > dt')];
    expect(names.map((name) => name.textContent)).toEqual(['count', 'list', 'zone']);
  });

  it('cannot hide what it says', async () => {
    const { details } = await withAttributes({ key: 'user\u200bid', value: 'a\u202eb\u001b[31mc' });
    expect(details.getByText('a‹U+202E›bc')).toBeTruthy();
    expect(details.getByText('user‹U+200B›id')).toBeTruthy();
  });
});

it('shows an exception apart from the other attributes of its event, with its lines, to be copied whole', async () => {
  const stack = 'Traceback:\n  File "shop.py", line 3';
  const attributes = [
    { key: 'exception.type', value: 'KeyError' },
    { key: 'exception.message', value: "'price'" },
    { key: 'exception.stacktrace', value: stack },
    { key: 'attempt', value: 2 },
  ];
  const events = [{ timeNs: '0', name: 'exception', attributes }];
  const { user, copied, details } = await open(makeShopWith('orders', { events }));
  await user.click(details.getByRole('tab', { name: 'Events 1' }));
  const exception = within(await details.findByRole('region', { name: 'Exception' }));
  expect(exception.getByText('KeyError')).toBeTruthy();
  expect(exception.getByText(/shop\.py/).textContent).toBe(stack);
  expect(details.queryByText('stacktrace')).toBeNull();
  expect(details.getByText('attempt')).toBeTruthy();
  expect(details.getByText('time unknown')).toBeTruthy();
  await user.click(exception.getByRole('button', { name: 'Copy the exception' }));
  expect(copied()).toBe(`KeyError: 'price'\n${stack}`);
});

describe('times that are not known', () => {
  it('are named as such, with what that means', async () => {
    const sent = { startNs: '1700000000010000000', endNs: '0' };
    const { details } = await open(makeShopWith('orders', { timing: 'unfinished', durationNs: 0, sent }));
    expect(details.getByText('not finished')).toBeTruthy();
    expect(details.getByText('not sent')).toBeTruthy();
    expect(details.getByText(/it still runs, or nobody will tell/)).toBeTruthy();
  });

  it('leave a duration that is known beside them', async () => {
    const sent = { startNs: '5', endNs: '80000005' };
    const { details } = await open(makeShopWith('orders', { timing: 'farOff', durationNs: 80_000_000, sent }));
    expect(details.getByText('clock far off, took 80 ms')).toBeTruthy();
  });

  it('are not spoken of where both came', async () => {
    const { details } = await open(makeShop());
    expect(details.getByText('(+10 ms)')).toBeTruthy();
    expect(details.queryByText('Ended')).toBeNull();
    expect(details.queryByText('Note')).toBeNull();
  });
});

it('says of each part that it is empty, and shows the resource of the span itself', async () => {
  const trace = makeShopWith('orders', { resource: 1 });
  const resources = ['other', 'dev-7'].map((value) => ({ attributes: [{ key: 'host.name', value }] }));
  const { user, details } = await open({ ...trace, resources });
  expect(details.getByText('This span has no attributes.')).toBeTruthy();
  await user.click(details.getByRole('tab', { name: 'Events 0' }));
  expect(await details.findByText('This span has no events.')).toBeTruthy();
  await user.click(details.getByRole('tab', { name: 'Links 0' }));
  expect(await details.findByText('This span links to no other.')).toBeTruthy();
  await user.click(details.getByRole('tab', { name: 'Resource' }));
  expect(await details.findByText('dev-7')).toBeTruthy();
  expect(details.queryByText('other')).toBeNull();
});

it('tells kind, status and scope, and copies the id without the mark of a double', async () => {
  const span = {
    spanId: '00f067aa0ba902b7#2',
    kind: 'server' as const,
    status: { code: 'error' as const, message: 'no card' },
    scope: { name: 'express', version: '4.2' },
  };
  host.answer('traces', 'get', () => makeShopWith('payments', span));
  const { user, copied } = await openPanel(`/traces/${shopTraceId}?span=${encodeURIComponent(span.spanId)}`);
  const details = within(await screen.findByTestId('span-details'));
  for (const text of ['server', 'error', 'no card', 'express 4.2']) expect(details.getByText(text)).toBeTruthy();
  await user.click(details.getByRole('button', { name: 'Copy the span id' }));
  await waitFor(() => expect(copied()).toBe('00f067aa0ba902b7'));
});
