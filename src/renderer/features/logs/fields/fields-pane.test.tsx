// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogField } from '../../../../shared/contract/log-patterns';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { makeLine, someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const address = `/logs?from=${someTime}&to=${someTime + 600_000}`;

beforeEach(() => {
  localStorage.setItem('logs.fields', 'on');
  host.feed('logs', 'tail');
  host.answer('logs', 'labelValues', () => ['shop']);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: [makeLine('{"user":"ann","n":7}'), makeLine('plain', {}, 1)] }));
  host.answer('logs', 'fields', () => ({ fields: found, leftOut: [] }));
  host.answer('logs', 'fieldValues', () => ({
    values: [
      { value: 'ann', count: 30 },
      { value: '<b>bob</b>', count: 10 },
    ],
    total: 40,
    leftOut: ['7 further values are rarer.'],
  }));
});

const found: LogField[] = [
  { name: 'service_name', kind: 'label', type: 'string', cardinality: 2 },
  { name: 'user', kind: 'json', type: 'string', cardinality: 3 },
  { name: 'order_id', kind: 'metadata', type: 'int', cardinality: 900 },
];
const pane = () => screen.findByRole('complementary', { name: 'Fields' });
const query = (link: string) => new URLSearchParams(link.split('?')[1]).get('q');

describe('the fields', () => {
  it('stand by where they come from, and open with the counts of their values', async () => {
    const { user, address: now } = await openPanel(address);
    const fields = within(await pane());
    await user.click(await fields.findByRole('button', { name: /^user/, expanded: false }));
    expect(await fields.findByText('ann')).toBeTruthy();
    expect(fields.getByText('30')).toBeTruthy();
    expect(fields.getByText('<b>bob</b>')).toBeTruthy();
    expect(fields.getByText('7 further values are rarer.')).toBeTruthy();
    await user.click(fields.getByRole('button', { name: 'Without user ann' }));
    await waitFor(() => expect(query(now())).toBe('{service_name=~".+"} | json | user!="ann"'));
    expect(host.inputsOf('logs.fieldValues')[0]).toMatchObject({ name: 'user', kind: 'json' });
  });

  it('become columns that stay in the address, with a width that is kept', async () => {
    const { user, address: now } = await openPanel(address);
    await user.click(await within(await pane()).findByRole('button', { name: 'user as a column' }));
    await waitFor(() => expect(now()).toContain('columns=user'));
    const line = screen.getAllByRole('option').find((row) => row.textContent?.includes('"n":7'));
    await waitFor(() => expect(line?.textContent).toContain('ann{"user"'));
    const border = screen.getByRole('separator', { name: 'Width of user' });
    border.focus();
    await user.keyboard('{ArrowRight}');
    expect(localStorage.getItem('logs.column:user')).toBe('156');
    await user.click(screen.getAllByRole('button', { name: 'Remove the column user' })[0]!);
    await waitFor(() => expect(now()).not.toContain('columns'));
  });

  it('are found by their names', async () => {
    const { user } = await openPanel(address);
    const fields = within(await pane());
    await user.type(fields.getByRole('searchbox', { name: 'Fields with' }), 'order');
    await waitFor(() => expect(fields.queryByRole('button', { name: /^user/, expanded: false })).toBeNull());
    expect(fields.getByRole('button', { name: /^order_/, expanded: false })).toBeTruthy();
  });

  it('are waited for, and said to be none where no line has any', async () => {
    host.answer('logs', 'fields', () => new Promise(() => {}));
    await openPanel(address);
    expect(within(await pane()).getByRole('status')).toBeTruthy();
    cleanup();
    host.answer('logs', 'fields', () => ({ fields: [], leftOut: [] }));
    await openPanel(address);
    expect(await within(await pane()).findByText('No lines here, so no fields.')).toBeTruthy();
  });

  it('are a hundred at first where there are very many', async () => {
    const many = Array.from({ length: 130 }, (_, index): LogField => ({ ...found[1]!, name: `field_${index}` }));
    host.answer('logs', 'fields', () => ({ fields: many, leftOut: [] }));
    const { user } = await openPanel(address);
    const fields = await pane();
    const more = await within(fields).findByText('Show 30 more');
    expect(fields.querySelectorAll('li')).toHaveLength(100);
    await user.click(more);
    expect(fields.querySelectorAll('li')).toHaveLength(130);
  });

  it('say what the backend cannot tell, and that it refuses', async () => {
    host.answer('logs', 'fields', () => ({ fields: [], leftOut: ['The backend tells no fields.'] }));
    await openPanel(address);
    expect(await within(await pane()).findByText('The backend tells no fields.')).toBeTruthy();
    expect(screen.getByText('No lines here, so no fields.')).toBeTruthy();
  });

  it('say why values are not told', async () => {
    host.answer('logs', 'fieldValues', refuse('QUERY', { message: 'too many series' }));
    const { user } = await openPanel(address);
    await user.click(await within(await pane()).findByRole('button', { name: /^order_/, expanded: false }));
    expect(await within(await pane()).findByText(/too many series/)).toBeTruthy();
  });
});
