// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeSettings } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { makeLine, makeSummary } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

const agoNs = (ms: number) => `${Date.now() - ms}000000`;
const minute = 60_000;

beforeEach(() => {
  host.feed('traces', 'tail');
  host.feed('logs', 'tail');
  host.answer('snippets', 'languages', () => []);
  host.answer('traces', 'search', () => ({ traces: [] }));
  host.answer('logs', 'query', () => ({ records: [] }));
});

/** Opens the page and finds the sign of the first span by what it says. */
async function openSign(text: RegExp) {
  const panel = await openPanel('/connect');
  const sign = (await screen.findByText(text)).closest('section')!;
  return { ...panel, sign };
}

describe('a service that has sent nothing', () => {
  it('is told what to do, and that a demo can be sent in its place', async () => {
    const { sign } = await openSign(/has sent nothing yet/);
    expect(within(sign).getByText('my-app')).toBeTruthy();
    expect(within(sign).getByText(/start your app/)).toBeTruthy();
    expect(within(sign).getByRole('button', { name: 'Send demo data' })).toBeTruthy();
  });

  it('lights up by itself when its first span comes, which then can be opened', async () => {
    let traces = [] as ReturnType<typeof makeSummary>[];
    host.answer('traces', 'search', () => ({ traces }));
    host.answer('traces', 'get', () => null);
    const { user, sign, address } = await openSign(/has sent nothing yet/);
    traces = [makeSummary('a', { startNs: agoNs(0) })];
    expect(await within(sign).findByText(/is connected/)).toBeTruthy();
    expect(within(sign).getByText(/^Last trace .*: GET \/a$/)).toBeTruthy();
    expect(within(sign).queryByRole('button', { name: 'Send demo data' })).toBeNull();
    await user.click(within(sign).getByRole('link', { name: 'Open the trace' }));
    await waitFor(() => expect(address()).toBe(`/traces/${'a'.repeat(32)}`));
  });

  it('is looked for by its name, whatever characters that has', async () => {
    host.answer('host', 'settings', () => makeSettings({ serviceName: 'a "b" \\c' }));
    await openSign(/has sent nothing yet/);
    expect(host.inputsOf('traces.search')[0]).toMatchObject({
      query: '{ resource.service.name = "a \\"b\\" \\\\c" }',
      limit: 1,
    });
    expect(host.inputsOf('logs.query')[0]).toMatchObject({ query: '{service_name="a \\"b\\" \\\\c"}' });
  });
});

describe('a service that is known', () => {
  it('is not called connected where its last span is old', async () => {
    host.answer('traces', 'search', () => ({ traces: [makeSummary('a', { startNs: agoNs(180 * minute) })] }));
    const { sign } = await openSign(/sent its last span 3 h ago/);
    expect(within(sign).queryByText(/is connected/)).toBeNull();
    expect(within(sign).getByText(/sends nothing now/)).toBeTruthy();
  });

  it('leads to its traces as they come, with its name as the filter', async () => {
    host.answer('traces', 'search', () => ({ traces: [makeSummary('a', { startNs: agoNs(0), rootName: '' })] }));
    const { user, sign, address } = await openSign(/is connected/);
    expect(within(sign).getByText(/root span not yet received$/)).toBeTruthy();
    await user.click(within(sign).getByRole('link', { name: 'Watch traces arrive' }));
    await waitFor(() => expect(address()).toBe('/traces?service=my-app'));
  });

  it('leads to its lines where it sends nothing but logs', async () => {
    host.answer('logs', 'query', () => ({ records: [makeLine('hello', { timeNs: agoNs(5 * minute) })] }));
    const { user, sign, address } = await openSign(/sends logs, and no spans yet/);
    expect(within(sign).getByText(/Its last line came 5 min ago/)).toBeTruthy();
    expect(within(sign).queryByRole('link', { name: /trace/ })).toBeNull();
    await user.click(within(sign).getByRole('link', { name: 'Watch logs arrive' }));
    await waitFor(() => expect(address()).toBe('/logs?service=my-app'));
  });
});

it('says why it cannot be looked for, claims nothing, and goes on when it can', async () => {
  host.answer('traces', 'search', refuse('UNAVAILABLE', { message: 'Tempo does not answer.', hint: 'Start it.' }));
  const { sign } = await openSign(/is looked for/);
  expect(await within(sign).findByText('Tempo does not answer.')).toBeTruthy();
  expect(within(sign).queryByText(/has sent nothing yet/)).toBeNull();
  host.answer('traces', 'search', () => ({ traces: [] }));
  expect(await within(sign).findByText(/has sent nothing yet/)).toBeTruthy();
  expect(within(sign).queryByText('Tempo does not answer.')).toBeNull();
});
