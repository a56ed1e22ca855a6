// @vitest-environment happy-dom
import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { problemKinds } from '../../../shared/problem-kinds';
import { makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';
import { TroubleshootingDialog } from './troubleshooting-dialog';

withScriptedHost();

it('has a line for each kind of problem, with what it means and what to do', () => {
  render(<TroubleshootingDialog kind={null} onClose={() => {}} />);
  for (const kind of problemKinds) {
    const cells = [...document.getElementById(kind)!.querySelectorAll('td')].map(({ textContent }) => textContent);
    expect(cells, kind).toEqual([kind, expect.stringMatching(/\w.*\.$/), expect.stringMatching(/\w.*\.$/)]);
  }
});

it('is opened by a problem at its own line, and closed again', async () => {
  const problem = { id: 'engine', kind: 'disk-full', message: 'The disk is full.' } as const;
  host.feed('host', 'status', makeStatus({ state: 'degraded', problems: [problem] }));
  const { user } = await openPanel('/');
  await user.click(await screen.findByRole('button', { name: 'About this kind of problem' }));
  const dialog = await screen.findByRole('dialog', { name: 'Troubleshooting' });
  const shown = dialog.querySelector('[aria-current="true"]')!;
  expect(shown.id).toBe('disk-full');
  expect(shown.textContent).toContain('Make room');
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});
