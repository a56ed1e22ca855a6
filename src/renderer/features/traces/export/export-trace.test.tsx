// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { makeDestinations } from '../../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { makeShopWith, shopTraceId } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const secret = 'pk_live_4711';
let saved: Blob[];

beforeEach(() => {
  saved = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob);
    return 'blob:saved';
  });
  const attributes = [{ key: 'api.key', value: secret }];
  host.answer('traces', 'get', () => makeShopWith('orders', { attributes }));
  host.answer('logs', 'query', () => ({ records: [] }));
  const span = { attributes: [{ key: 'api.key', value: { stringValue: secret } }] };
  host.answer('traces', 'exportOtlp', () => ({
    text: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  }));
});

async function openExport() {
  const panel = await openPanel(`/traces/${shopTraceId}`);
  await panel.user.click(await screen.findByRole('button', { name: 'Export' }));
  return { ...panel, dialog: within(await screen.findByRole('dialog', { name: 'Export this trace' })) };
}

/** What was saved by the button of this name. */
async function save({ user, dialog }: Awaited<ReturnType<typeof openExport>>, name: string): Promise<string> {
  await waitFor(() => expect(dialog.getByRole('button', { name }).hasAttribute('disabled')).toBe(false));
  await user.click(dialog.getByRole('button', { name }));
  return saved.at(-1)!.text();
}

it.each(['Save HTML', 'Save OTLP JSON'])(
  '%s is redacted as for destinations while that is ticked, and says so',
  async (name) => {
    const redaction = [{ action: 'mask' as const, values: 'pk_live_\\d+', replacement: '***', enabled: true }];
    host.answer('destinations', 'snapshot', () => makeDestinations([], { redaction }));
    const opened = await openExport();
    const tick = await opened.dialog.findByRole('checkbox', { name: /Redact as for destinations \(1 rule/ });
    expect((tick as HTMLInputElement).checked).toBe(true);
    const redacted = await save(opened, name);
    expect(redacted).not.toContain(secret);
    expect(redacted).toContain('Redacted as for destinations, by 1 rule: 1 values were changed or left out.');

    await opened.user.click(screen.getByRole('button', { name: 'Export' }));
    const again = within(await screen.findByRole('dialog', { name: 'Export this trace' }));
    await opened.user.click(await again.findByRole('checkbox'));
    expect(again.getByText(/Nothing is masked/)).toBeTruthy();
    const whole = await save({ ...opened, dialog: again }, name);
    expect(whole).toContain(secret);
    expect(whole).not.toContain('Redacted as for destinations');
  },
);

it('writes nothing by a rule that cannot be used, and says which', async () => {
  const redaction = [{ action: 'drop' as const, keys: '(', enabled: true }];
  host.answer('destinations', 'snapshot', () => makeDestinations([], { redaction }));
  const { dialog } = await openExport();
  expect((await dialog.findAllByText(/Rule 1/)).length).toBe(2);
  expect(dialog.getByRole('button', { name: 'Save HTML' }).hasAttribute('disabled')).toBe(true);
});

it('offers no redaction where there is no rule, and says that nothing is masked', async () => {
  const opened = await openExport();
  expect(await save(opened, 'Save HTML')).toContain(secret);
  expect(opened.dialog.queryByRole('checkbox')).toBeNull();
});
