// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../../../shared/contract/telemetry';
import { makeTrace } from '../../../../shared/trace/make-trace.test-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { makeRun } from '../../../test-host/run-data';
import { shopTraceId as id, spanOf } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
});

const attribute = (key: string, value: string) => ({ key, value });

describe('the findings of a trace', () => {
  const loop = (count: number): Trace => {
    const trace = makeTrace([
      ['root', '', 0, 100_000_000],
      ...Array.from({ length: count }, (_, at): [string, string, number, number] => [
        `q${at}`,
        'root',
        1_000_000 + at * 2_000_000,
        1_000_000,
      ]),
    ]);
    const query = {
      attributes: [
        attribute('db.system.name', 'sqlite'),
        attribute('db.query.text', 'SELECT * FROM items WHERE id = ?'),
      ],
    };
    return {
      ...trace,
      resources: [{ attributes: [attribute('watchtower.run.id', 'abcd2345')] }],
      spans: trace.spans.map((span) => ({
        ...span,
        ...(span.parentSpanId === ''
          ? { kind: 'server' as const }
          : { kind: 'client' as const, name: 'SELECT items', ...query }),
      })),
    };
  };
  it('are told in one line, and their spans marked in the waterfall', async () => {
    host.answer('traces', 'get', () => loop(20));
    const { user, address } = await openPanel(`/traces/${id}`);
    await user.click(await screen.findByRole('button', { name: /finding.*N\+1 queries/ }));
    const item = document.querySelector<HTMLElement>('[data-finding="n-plus-one-queries"]')!;
    await user.click(within(item).getByRole('button', { name: /Show 10 spans of 20/ }));
    expect(spanOf(address())).toBe('q0');
    const marked = () => document.querySelectorAll('[role="treeitem"] .bg-warn-soft').length;
    await waitFor(() => expect(marked()).toBe(10));
    await user.click(within(item).getByRole('button', { name: /Show 10 spans of 20/ }));
    await waitFor(() => expect(marked()).toBe(0));
  });

  it('are not spoken of where there are none, and a trace of a run leads to it', async () => {
    host.answer('traces', 'get', () => loop(1));
    host.answer('runs', 'get', ({ ref }) => ({ ...makeRun('x', { name: 'web' }), id: ref }));
    await openPanel(`/traces/${id}`);
    expect((await screen.findByRole('link', { name: 'run web' })).getAttribute('href')).toBe('/runs/abcd2345');
    expect(screen.queryByRole('button', { name: /finding/ })).toBeNull();
  });
});
