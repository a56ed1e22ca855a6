// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeErrorGroup, makeErrorList, makeOccurrence } from '../../test-host/error-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse, refuseAsDown } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const fixed = '/errors?from=1759999100000&to=1760000060001';
const search = (address: string) => Object.fromEntries(new URL(address, 'http://panel').searchParams);
const rows = async () =>
  within(await screen.findByTestId('error-list'))
    .getAllByRole('button')
    .map(({ dataset }) => dataset.error);
const detail = (of: Partial<Awaited<ReturnType<typeof makeDetail>>> = {}) => ({ ...makeDetail(), ...of });
const makeDetail = () => ({
  window: { from: 1_759_999_100_000, to: 1_760_000_060_001 },
  group: makeErrorGroup(),
  occurrences: [makeOccurrence()],
  next: null as string | null,
  partial: false,
  leftOut: [] as string[],
});

beforeEach(() => host.answer('marks', 'list', () => ({ marks: [{ name: 'before-fix', at: 1 }] })));

describe('the list of errors', () => {
  it('follows the feed while the window reaches up to now, and asks once where it does not', async () => {
    const feed = host.feed('errors', 'feed', makeErrorList([makeErrorGroup()]));
    await openPanel('/errors?since=5m');
    expect(await screen.findByText('1 error, 3 times')).toBeTruthy();
    expect(host.inputsOf('errors.feed')).toMatchObject([{ lastMs: 300_000, muted: 'hide' }]);
    feed.push(makeErrorList([makeErrorGroup(), makeErrorGroup({ id: 'b', isNew: true })]));
    expect(await screen.findByText('2 errors, 6 times, 1 new')).toBeTruthy();
    expect(await rows()).toEqual(['a'.repeat(16), 'b']);
    expect(host.inputsOf('errors.list')).toEqual([]);
  });

  it('tells of each what, where, in which services and how often, and marks what is new, came back or is muted', async () => {
    host.answer('errors', 'list', () =>
      makeErrorList([
        makeErrorGroup({ isNew: true }),
        makeErrorGroup({ id: 'b', kind: 'line', type: '', template: 'disk full', frame: '', cameBack: true }),
        makeErrorGroup({
          id: 'c',
          kind: 'status',
          type: '503',
          template: '',
          frame: 'GET /x',
          muting: { how: 'resolved', at: 1 },
        }),
      ]),
    );
    await openPanel(fixed);
    const [first, second, third] = within(await screen.findByTestId('error-list')).getAllByRole('button');
    expect(first!.textContent).toMatch(/^newPaymentError: order … declinedpay \(src\/pay\.ts\)shop/);
    expect(within(first!).getByRole('img', { name: '3 in 16 min, at most 2 at a time' })).toBeTruthy();
    expect(second!.textContent).toMatch(/^came backdisk fulllog line/);
    expect(third!.textContent).toMatch(/^resolvedGET \/x: 503failed span/);
  });

  it('asks for what the filters say, all of it in the address', async () => {
    host.answer('errors', 'list', () => makeErrorList([makeErrorGroup()], { muted: 3 }));
    const { user, address } = await openPanel(fixed);
    await user.click(await screen.findByRole('button', { name: 'New only' }));
    await user.click(await screen.findByRole('button', { name: '3 muted' }));
    await user.click(screen.getByRole('combobox', { name: 'New since' }));
    await user.click(await screen.findByRole('option', { name: 'New since before-fix' }));
    await waitFor(() =>
      expect(search(address())).toMatchObject({ fresh: 'true', muted: 'show', against: 'mark:before-fix' }),
    );
    await waitFor(() =>
      expect(host.inputsOf('errors.list').at(-1)).toMatchObject({
        onlyNew: true,
        muted: 'show',
        newSince: { mark: 'before-fix' },
      }),
    );
  });

  it('says that there is none, that none fits, and that some are muted', async () => {
    host.answer('errors', 'list', () => makeErrorList([], { muted: 2 }));
    const { user, address } = await openPanel(fixed);
    expect(await screen.findByText('No errors in this window')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show 2 muted' }));
    expect(await screen.findByText('No error fits')).toBeTruthy();
    expect(search(address())).toMatchObject({ muted: 'show' });
  });

  it('waits with a skeleton, and says why there is no answer', async () => {
    await openPanel(fixed);
    expect(await screen.findByLabelText('Looking for errors')).toBeTruthy();
    host.answer('errors', 'list', refuseAsDown);
    await openPanel(fixed);
    expect(await screen.findByText('It does not answer.')).toBeTruthy();
  });

  it('keeps in the page only the rows in sight of very many, and says how many it has of all', async () => {
    const groups = Array.from({ length: 500 }, (_, index) =>
      makeErrorGroup({ id: `e${index}`, type: `Error${index}` }),
    );
    host.answer('errors', 'list', () => makeErrorList(groups, { total: 12_345, occurrences: 98_765 }));
    await openPanel(fixed);
    expect(await screen.findByText('12,345 errors, 98,765 times, the first 500 shown')).toBeTruthy();
    const ids = await rows();
    expect(ids[0]).toBe('e0');
    expect(ids.length).toBeLessThan(60);
  });

  it('says that a mark is gone, with what to do', async () => {
    host.answer(
      'errors',
      'list',
      refuse('ERRORS', {
        kind: 'mark-unknown',
        message: 'There is no mark "x".',
        hint: '`watchtower mark NAME` sets one.',
      }),
    );
    await openPanel(`${fixed}&against=mark%3Ax`);
    expect(await screen.findByText('There is no mark "x".')).toBeTruthy();
  });

  it('says what a backend could not be asked, and that what is new is not known', async () => {
    host.answer('errors', 'list', () =>
      makeErrorList([makeErrorGroup()], {
        partial: true,
        newSince: null,
        leftOut: ['This backend cannot group errors.'],
      }),
    );
    await openPanel(fixed);
    expect(await screen.findByText('This backend cannot group errors.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /errors as curl/ })).toBeNull();
  });

  it('shows hostile names as text', async () => {
    const evil = '<img src=x onerror=alert(1)>\u202e\u001b[31m';
    host.answer('errors', 'list', () =>
      makeErrorList([
        makeErrorGroup({ type: evil, template: evil, frame: evil, services: [{ name: evil, count: 1 }] }),
      ]),
    );
    await openPanel(fixed);
    const list = await screen.findByTestId('error-list');
    expect(list.querySelector('img[src]')).toBeNull();
    expect(list.textContent).toContain('<img src=x onerror=alert(1)>‹U+202E›');
  });

  it('works by keys alone: j and k select, enter opens, m mutes until it is seen again, escape closes', async () => {
    host.answer('errors', 'list', () => makeErrorList([makeErrorGroup(), makeErrorGroup({ id: 'b' })]));
    host.answer('errors', 'group', ({ id }) => detail({ group: makeErrorGroup({ id }) }));
    host.answer('errors', 'mute', () => ({ muted: 1 }));
    const { user, address } = await openPanel(fixed);
    await rows();
    await user.keyboard('jj{Enter}');
    await waitFor(() => expect(search(address())).toMatchObject({ error: 'b' }));
    await user.keyboard('k');
    await waitFor(() => expect(search(address())).toMatchObject({ error: 'a'.repeat(16) }));
    await user.keyboard('m');
    await waitFor(() => expect(host.inputsOf('errors.mute')).toEqual([{ ids: ['a'.repeat(16)], how: 'until-seen' }]));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(search(address()).error).toBeUndefined());
    await user.keyboard('e');
    await waitFor(() => expect(search(address())).toMatchObject({ fresh: 'true' }));
    await rows();
    await user.keyboard('jt');
    await waitFor(() => expect(address()).toMatch(new RegExp(`^/traces/${'1'.repeat(32)}`)));
  });
});

describe('one error', () => {
  const open = async () => {
    host.answer('errors', 'list', () => makeErrorList([makeErrorGroup()]));
    return openPanel(`${fixed}&error=${'a'.repeat(16)}`);
  };

  it('leads to its newest trace at its span, and to its logs, a click each', async () => {
    host.answer('errors', 'group', () => detail());
    const { user, address } = await open();
    const pane = await screen.findByRole('region', { name: 'Error' });
    await within(pane).findByRole('region', { name: 'Stack trace' });
    expect(within(pane).getByRole('link', { name: 'Its logs' }).getAttribute('href')).toContain('trace_id');
    await user.click(within(pane).getByRole('link', { name: 'Open the newest trace' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`^/traces/${'1'.repeat(32)}`)));
    expect(address()).toContain('2'.repeat(16));
  });

  it('shows frames of one’s own code, folds those of libraries, and copies the whole', async () => {
    host.answer('errors', 'group', () => detail());
    const { user, copied } = await open();
    const stack = await screen.findByRole('region', { name: 'Stack trace' });
    const texts = () =>
      within(stack)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent);
    expect(texts()).toEqual([
      'at pay (/srv/shop/src/pay.ts:41:3)',
      ' 2 frames of libraries',
      'at checkout (/srv/shop/src/checkout.ts:9:1)',
    ]);
    await user.click(within(stack).getByRole('button', { name: '2 frames of libraries' }));
    expect(texts()).toHaveLength(4);
    await user.click(within(stack).getByRole('button', { name: 'Copy the whole stack trace' }));
    expect(copied()).toBe(makeOccurrence().stack);
  });

  it('shows the lines around it, those of its trace first, each as a link to it among all', async () => {
    host.answer('errors', 'group', () => detail());
    const line = (text: string, fields: object = {}) => ({
      ...{ timeNs: '1760000060000000001', line: text, level: 'error', service: 'shop', labels: {} },
      ...fields,
    });
    host.answer('logs', 'query', ({ query, direction }) => ({
      records:
        direction === 'forward'
          ? []
          : query.includes('trace_id')
            ? [
                line('<b>card</b> declined\u202e'),
                line('call bank', { service: 'bank', timeNs: '1760000059000000000' }),
              ]
            : [line('<b>card</b> declined\u202e'), line('other request')],
    }));
    await open();
    const around = within(await screen.findByRole('region', { name: 'Lines around it' }));
    const links = await around.findAllByRole('link');
    expect(links.map(({ textContent }) => textContent?.replace(/^[\d:.]+/, ''))).toEqual([
      'errorbankcall bank',
      'error<b>card</b> declined‹U+202E›',
      'errorother request',
    ]);
    expect(around.getByText('Of its trace')).toBeTruthy();
    expect(around.getByText('Of shop, ± 10 s')).toBeTruthy();
    expect(links[0]!.getAttribute('href')).toContain('line=t1760000059000000000');
    expect(decodeURIComponent(links[2]!.getAttribute('href')!)).toContain('service_name=');
  });

  it('says that no line is around it, or why none are told', async () => {
    host.answer('errors', 'group', () => detail());
    host.answer('logs', 'query', () => ({ records: [] }));
    await open();
    const around = await screen.findByRole('region', { name: 'Lines around it' });
    expect(await within(around).findByText(/^No line is of its trace/)).toBeTruthy();
    cleanup();
    host.answer('logs', 'query', refuseAsDown);
    await open();
    const alert = await within(await screen.findByRole('region', { name: 'Lines around it' })).findByRole('alert');
    expect(alert.textContent).toBe('It does not answer.');
  });

  it('tells earlier occurrences page by page, and the stack trace of the one that is chosen', async () => {
    host.answer('errors', 'group', ({ after }) =>
      after === undefined
        ? detail({ next: 'cursor' })
        : detail({ occurrences: [makeOccurrence({ id: 's0-a', message: 'order 3 declined', traceId: '' })] }),
    );
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Earlier occurrences' }));
    await user.click(await screen.findByRole('button', { name: /order 3 declined/ }));
    expect(
      await within(screen.getByRole('region', { name: 'Stack trace' })).findByText(/order 3 declined/),
    ).toBeTruthy();
    expect(host.inputsOf('errors.group').at(-1)).toMatchObject({ after: 'cursor' });
  });

  it('is muted, resolved and shown again', async () => {
    host.answer('errors', 'group', () => detail());
    host.answer('errors', 'mute', () => ({ muted: 1 }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Resolve' }));
    await waitFor(() => expect(host.inputsOf('errors.mute')).toEqual([{ ids: ['a'.repeat(16)], how: 'resolved' }]));
    host.answer('errors', 'group', () => detail({ group: makeErrorGroup({ muting: { how: 'resolved', at: 1 } }) }));
    await user.click(await screen.findByRole('button', { name: 'Show again' }));
    await waitFor(() => expect(host.inputsOf('errors.mute').at(-1)).toMatchObject({ how: null }));
  });

  it('asks what differs in one call, and says that of an agent as text', async () => {
    host.answer('errors', 'group', () => detail());
    host.answer('explain', 'differences', refuse('EXPLAIN', { kind: 'query', message: 'That cannot be compared.' }));
    const { user, copied } = await open();
    await user.click(await screen.findByRole('button', { name: 'For an agent: copy this error for an agent' }));
    expect(copied()).toMatch(/^PaymentError: order <\*> declined\nat pay \(src\/pay\.ts\)\n3 times/);
    await user.click(screen.getByRole('button', { name: 'What differs where it occurs' }));
    expect(await screen.findByText('That cannot be compared.')).toBeTruthy();
    expect(host.inputsOf('explain.differences')).toMatchObject([
      {
        signal: 'traces',
        selection: { query: '{ event.exception.type = "PaymentError" && event.exception.message =~ "order .*" }' },
        against: { kind: 'rest' },
      },
    ]);
  });

  it('that is not kept any more says so', async () => {
    host.answer('errors', 'list', () => makeErrorList([]));
    host.answer('errors', 'group', () => detail({ group: null as never, occurrences: [] }));
    await openPanel(`${fixed}&error=0123`);
    expect(await screen.findByText(/did not occur in this window/)).toBeTruthy();
  });
});
