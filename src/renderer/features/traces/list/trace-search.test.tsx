// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse, refuseAsDown } from '../../../test-host/refuse';
import { makeSummary as trace } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';
import { standingColumns } from './select-columns';

withScriptedHost();

beforeEach(() => {
  host.feed('traces', 'tail');
  host.answer('traces', 'tagValues', () => ['shop', 'cart']);
  host.answer('traces', 'search', () => ({ traces: [trace('a')] }));
  host.answer('traces', 'tagNames', () => ({
    resource: ['host.name'],
    span: ['http.route', 'odd name', 'zone'],
    intrinsic: ['duration'],
  }));
});

const searches = () => host.inputsOf('traces.search') as { query: string; limit: number }[];
/** Without the columns that stand there by themselves. */
const asTyped = (query: string) => query.replace(` | select(${standingColumns.join(', ')})`, '');
const lastQuery = () =>
  searches()
    .map(({ query }) => asTyped(query))
    .at(-1);
const searchOf = (address: string) => Object.fromEntries(new URLSearchParams(address.split('?')[1]));

describe('the filters', () => {
  it('become TraceQL that can be read, each in the address', async () => {
    const { user, address } = await openPanel('/traces?live=false');
    await user.click(await screen.findByRole('combobox', { name: 'Service' }));
    await user.click(await screen.findByRole('option', { name: 'cart' }));
    await user.type(screen.getByLabelText('At least this long'), '1.5s');
    await waitFor(() => expect(lastQuery()).toBe('{ resource.service.name = "cart" && duration >= 1.5s }'));
    expect(searchOf(address())).toEqual({ live: 'false', service: 'cart', min: '1.5s' });
    expect((screen.getByLabelText('TraceQL') as HTMLInputElement).value).toBe(lastQuery());
  });

  it('say of a duration that is none what to write, and do not filter by it', async () => {
    const { user, address } = await openPanel('/traces?live=false');
    const input = await screen.findByLabelText('At least this long');
    await user.type(input, '100 parsecs');
    const note = await screen.findByText(/“100 parsecs” is no duration/);
    expect(input.getAttribute('aria-describedby')).toBe(note.id);
    await waitFor(() => expect(address()).toContain('min='));
    await user.clear(input);
    await waitFor(() => expect(address()).not.toContain('min='));
    expect(screen.queryByText(/is no duration/)).toBeNull();
    expect(searches().every(({ query }) => asTyped(query) === '{}')).toBe(true);
  });

  it('are switched on and off again: errors only', async () => {
    const { user } = await openPanel('/traces?live=false');
    await user.click(await screen.findByRole('button', { name: 'Errors only', pressed: false }));
    await waitFor(() => expect(lastQuery()).toBe('{ status = error }'));
    await user.click(screen.getByRole('button', { name: 'Errors only', pressed: true }));
    await screen.findByRole('button', { name: 'Errors only', pressed: false });
  });

  it('keep a service of the address in the choice though none sends by that name', async () => {
    const { user } = await openPanel('/traces?live=false&service=gone');
    await user.click(await screen.findByRole('combobox', { name: 'Service' }));
    expect(await screen.findByRole('option', { name: 'gone' })).toBeTruthy();
  });
});

describe('a query of the reader', () => {
  it('decides alone until one goes back to the filters, which are as they were', async () => {
    const { user, address } = await openPanel('/traces?live=false&service=cart');
    const input = await screen.findByLabelText('TraceQL');
    await user.clear(input);
    await user.paste('{ duration > 1s }');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(lastQuery()).toBe('{ duration > 1s }'));
    expect(screen.getByText('The query above decides.')).toBeTruthy();
    expect(isDisabled(screen.getByRole('button', { name: 'Errors only' }))).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Back to the filters' }));
    await waitFor(() => expect(searchOf(address())).toEqual({ live: 'false', service: 'cart' }));
    expect(isDisabled(screen.getByRole('button', { name: 'Errors only' }))).toBe(false);
  });

  it('that is refused is explained with others to ask in its place', async () => {
    host.answer('traces', 'search', refuse('QUERY', { message: 'unexpected "foo"', position: 2 }));
    const { user, address } = await openPanel('/traces?live=false&q=%7B%20foo%20%7D');
    expect(await screen.findByText('The query was refused')).toBeTruthy();
    host.answer('traces', 'search', () => ({ traces: [trace('b')] }));
    await user.click(screen.getByRole('button', { name: '{ duration > 100ms }' }));
    expect(await screen.findByText('GET /b')).toBeTruthy();
    expect(searchOf(address()).q).toBe('{ duration > 100ms }');
  });

  it('is copied as curl, in the window and with the limit of the page', async () => {
    const { user, copied } = await openPanel('/traces?from=1786000000000&to=1786003600000&q=%7B%20a%20%7D');
    await screen.findByText('GET /a');
    await user.click(screen.getByRole('button', { name: 'curl: copy this search as curl' }));
    expect(copied()?.split(' \\\n  ')).toEqual([
      "curl -sG 'http://localhost:3200/api/search'",
      "--data-urlencode 'q={ a } with (most_recent=true)'",
      "--data-urlencode 'limit=200'",
      "--data-urlencode 'spss=3'",
      "--data-urlencode 'start=1786000000'",
      "--data-urlencode 'end=1786003600'",
    ]);
  });
});

describe('live or search', () => {
  it('leaves a window of the past when it follows, and stays there when it searches', async () => {
    const { user, address } = await openPanel('/traces?from=1786000000000&to=1786003600000&service=shop');
    const live = await screen.findByRole('tab', { name: 'Live' });
    expect(live.getAttribute('aria-selected')).toBe('false');
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    await user.click(live);
    await waitFor(() => expect(searchOf(address())).toEqual({ service: 'shop' }));
    expect(await screen.findByRole('button', { name: 'Pause' })).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'Search' }));
    await waitFor(() => expect(searchOf(address())).toEqual({ service: 'shop', live: 'false' }));
  });

  it('asks for the reason in full where the tail is refused, and offers no pause', async () => {
    host.answer('traces', 'tail', refuse('QUERY', { message: 'cut …' }));
    host.answer('traces', 'search', refuse('QUERY', { message: 'unknown attribute scope "foo"' }));
    await openPanel('/traces?q=%7B%20foo.x%20%7D');
    expect((await screen.findAllByText('unknown attribute scope "foo"')).length).toBeGreaterThan(0);
    expect(screen.getByText('not live')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  });
});

it('loads more where the page is full, as long as there may be more', async () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => trace('a', { traceId: String(index).padStart(32, '0') }, -index));
  host.answer('traces', 'search', ({ limit }) => ({ traces: many(Math.min(limit, 250)) }));
  const { user } = await openPanel('/traces?live=false');
  await user.click(await screen.findByRole('button', { name: 'Load 200 more' }));
  await waitFor(() => expect(screen.getByTestId('trace-count').textContent).toBe('250 traces'));
  expect(searches().map(({ limit }) => limit)).toEqual([200, 400]);
  expect(screen.queryByRole('button', { name: /Load/ })).toBeNull();
});

describe('the choice of columns', () => {
  const open = async (address: string) => {
    const panel = await openPanel(address);
    await panel.user.click(await screen.findByRole('button', { name: 'Columns' }));
    const box = await screen.findByLabelText('Find an attribute');
    return { ...panel, box, popup: within(box.closest('[role=dialog]') as HTMLElement) };
  };

  it('puts an attribute into query and address, and takes it out again', async () => {
    const { user, popup, address } = await open('/traces?live=false&columns=');
    const boxes = await popup.findAllByRole('checkbox');
    expect(boxes.map((box) => box.closest('label')?.textContent)).toEqual([
      'span.http.route',
      'resource.host.name',
      'span."odd name"',
      'span.zone',
    ]);
    await user.click(popup.getByRole('checkbox', { name: 'span.zone' }));
    await waitFor(() => expect(lastQuery()).toBe('{} | select(span.zone)'));
    await user.click(popup.getByRole('checkbox', { name: 'span."odd name"' }));
    await waitFor(() => expect(lastQuery()).toBe('{} | select(span.zone, span."odd name")'));
    expect(searchOf(address()).columns).toBe('span.zone\nspan."odd name"');
    await user.click(popup.getByRole('checkbox', { name: 'span.zone' }));
    await waitFor(() => expect(lastQuery()).toBe('{} | select(span."odd name")'));
  });

  it('finds by a part of the name, and says that there is none', async () => {
    const { user, popup, box } = await open('/traces?live=false');
    await popup.findAllByRole('checkbox');
    await user.type(box, 'HOST');
    await waitFor(() => expect(popup.getAllByRole('checkbox')).toHaveLength(1));
    await user.type(box, 'zzz');
    expect(await popup.findByText('No attribute of that name')).toBeTruthy();
  });

  it('takes no more than eight', async () => {
    const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'http.route'].map((name) => `span.${name}`).join('\n');
    const { popup } = await open(`/traces?live=false&columns=${encodeURIComponent(columns)}`);
    const box = async (name: string) => (await popup.findByRole('checkbox', { name })) as HTMLInputElement;
    expect((await box('span.zone')).disabled).toBe(true);
    expect((await box('span.http.route')).disabled).toBe(false);
  });

  it('says why it knows of none, and does not say that there is none', async () => {
    host.answer('traces', 'tagNames', refuseAsDown);
    const { popup } = await open('/traces?live=false');
    expect(await popup.findByText('It does not answer.')).toBeTruthy();
    expect(popup.queryByText('No attribute of that name')).toBeNull();
  });

  it('fills the rows of a live list, whose tail tells no attributes', async () => {
    const tail = host.feed('traces', 'tail');
    host.answer('traces', 'search', () => ({ traces: [trace('a', { selected: { 'span.zone': 'north' } })] }));
    await openPanel('/traces?columns=span.zone');
    await waitFor(() => expect(tail.listening).toBe(1));
    tail.push({ traces: [trace('a')], dropped: 0 });
    expect(await screen.findByText('north')).toBeTruthy();
    expect(tail.opened).toEqual([{ query: '{}' }]);
  });
});
