// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RedactionPreview, RedactionRule } from '../../../shared/contract/destinations';
import { makeDestinations } from '../../test-host/host-data';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const rule: RedactionRule = { action: 'drop', keys: 'user\\.email', enabled: true };
const preview = (fields: Partial<RedactionPreview> = {}) =>
  host.answer('destinations', 'preview', () => ({
    samples: [],
    inspected: { spans: 100, logs: 20 },
    changed: 0,
    ...fields,
  }));

beforeEach(() => preview());

async function open(...redaction: RedactionRule[]) {
  host.feed('destinations', 'status', makeDestinations([], { redaction }));
  const panel = await openPanel('/destinations');
  await screen.findByText(/from top to bottom, for all/);
  return panel;
}
const saved = () => host.inputsOf('destinations.setRedaction');

describe('the rules', () => {
  it('that many want are added whole, and can be saved at once', async () => {
    host.answer('destinations', 'setRedaction', ({ rules }) => makeDestinations([], { redaction: rules }));
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'Add a rule' }));
    await user.click(await screen.findByRole('button', { name: /^User ids/ }));
    expect(await screen.findByDisplayValue('user\\.id|enduser\\.id')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save the rules' }));
    const hash = { action: 'hash', keys: 'user\\.id|enduser\\.id', enabled: true };
    await waitFor(() => expect(saved()).toEqual([{ rules: [hash] }]));
  });

  it('say what is masked and by what, only where something is masked', async () => {
    const { user } = await open(rule);
    const row = within(await screen.findByRole('listitem', { name: 'Rule 1' }));
    expect(row.queryByLabelText('Replacement')).toBeNull();
    await user.click(row.getByRole('combobox', { name: 'What is done' }));
    await user.click(await screen.findByRole('option', { name: 'Mask' }));
    expect(await row.findByText('Say what to mask.')).toBeTruthy();
    expect((row.getByLabelText('Replacement') as HTMLInputElement).value).toBe('***');
    fireEvent.change(row.getByLabelText('Part of the text, as a pattern'), { target: { value: '[0-9]+' } });
    await waitFor(() => expect(row.queryByText('Say what to mask.')).toBeNull());
    expect(screen.getByText('not saved')).toBeTruthy();
  });

  it('are tried only while they are in use', async () => {
    const { user } = await open(rule);
    expect(await screen.findByText('Nothing changes in the newest 100 spans and 20 log lines.')).toBeTruthy();
    await user.click(screen.getByRole('switch', { name: 'Rule 1 is in use' }));
    expect(await screen.findByText(/^No rule is in use/)).toBeTruthy();
    expect(screen.getByRole('switch', { name: 'Rule 1 is in use' }).getAttribute('aria-checked')).toBe('false');
  });

  it('that were refused stay in the form, with the reason', async () => {
    host.answer(
      'destinations',
      'setRedaction',
      refuse('DESTINATION', { kind: 'forward-failed', message: 'No engine.' }),
    );
    const { user } = await open(rule);
    await user.click(await screen.findByRole('button', { name: 'Remove rule 1' }));
    await user.click(screen.getByRole('button', { name: 'Save the rules' }));
    expect(await screen.findByText('No engine.')).toBeTruthy();
    expect(screen.getByText('not saved')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(await screen.findByDisplayValue('user\\.email')).toBeTruthy();
    expect(screen.queryByText('No engine.')).toBeNull();
  });

  it('at the ends of the list move no further', async () => {
    await open(rule, { ...rule, keys: 'b' });
    await screen.findByRole('listitem', { name: 'Rule 2' });
    const can = (name: string) => !isDisabled(screen.getByRole('button', { name }));
    expect(['Move rule 1 up', 'Move rule 1 down', 'Move rule 2 up', 'Move rule 2 down'].map(can)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('the preview', () => {
  it('marks in a value what a rule takes out of it and puts in its place', async () => {
    const before = 'mail to ada@example.com now';
    const sample = { signal: 'logs' as const, service: 'shop', place: 'log line', before, after: 'mail to *** now' };
    preview({ changed: 1, samples: [sample] });
    await open(rule);
    await screen.findByText('log line');
    expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
      'ada@example.com',
      '***',
    ]);
  });

  it('says that nothing is kept yet to try the rules on', async () => {
    preview({ inspected: { spans: 0, logs: 0 } });
    await open(rule);
    expect(await screen.findByText('Nothing is kept yet to try them on.')).toBeTruthy();
  });

  it('is made again on the newest when it is asked for', async () => {
    const { user } = await open(rule);
    await screen.findByText(/^Nothing changes/);
    preview({ changed: 1200 });
    await user.click(screen.getByRole('button', { name: 'Try again on the newest' }));
    expect(await screen.findByText(/^1,200 values change/)).toBeTruthy();
  });

  it('says why there is none', async () => {
    host.answer(
      'destinations',
      'preview',
      refuse('DESTINATION', { message: 'The backend does not run.', hint: 'Start it.' }),
    );
    await open(rule);
    expect(await screen.findByText('The backend does not run.')).toBeTruthy();
    expect(screen.getByText('Start it.')).toBeTruthy();
  });
});
