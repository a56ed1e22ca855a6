// @vitest-environment happy-dom

import { ORPCError } from '@orpc/server';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { type ImportedFile, pieceCharacters } from '../../../shared/contract/imports';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

const traceId = 'a'.repeat(32);
const imported = (change: Partial<ImportedFile> = {}): ImportedFile => ({
  ...{ spans: 2, lines: 1, points: 0, rejected: 0, why: '', traceCount: 1, traceIds: [traceId], problem: null },
  ...change,
});
const otlp = (name: string, text = '{"resourceSpans":[]}') => new File([text], name);

function held(type: 'dragEnter' | 'dragOver' | 'drop', files: readonly File[], types = ['Files']) {
  return fireEvent[type](window, { dataTransfer: { types, files, dropEffect: 'none' } });
}
const fileItem = async (name: string) => (await screen.findByText(name)).closest('li') as HTMLElement;

it('says what letting go of files will do, hands them over in pieces and leads to the trace', async () => {
  host.answer('imports', 'take', ({ last }) => (last ? imported() : null));
  const { user, address } = await openPanel('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  held('dragEnter', []);
  expect(await screen.findByText('Let go to import')).toBeTruthy();
  const text = 'é'.repeat(pieceCharacters + 1);
  // Not prevented, the browser would open the file.
  expect(held('dragOver', [])).toBe(false);
  expect(held('drop', [otlp('shop\u202e.json', text)])).toBe(false);
  const item = await fileItem('shop‹U+202E›.json');
  expect(await within(item).findByText('Imported 2 spans, 1 log line.')).toBeTruthy();
  expect(screen.queryByText('Let go to import')).toBeNull();
  const pieces = host.inputsOf('imports.take') as { id: string; index: number; text: string; last: boolean }[];
  expect(pieces.map(({ index, last }) => [index, last])).toEqual([
    [0, false],
    [1, true],
  ]);
  expect(new Set(pieces.map(({ id }) => id)).size).toBe(1);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  await user.click(within(item).getByRole('link', { name: /Open the trace/ }));
  await waitFor(() => expect(address()).toContain(`/traces/${traceId}`));
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('goes on after a file that is refused, and says why with what was taken before', async () => {
  const hint = 'Each line holds resourceSpans, resourceLogs or resourceMetrics.';
  host.answer('imports', 'take', ({ text }) => {
    if (text.startsWith('<')) {
      const message = 'Line 1 is not an OTLP JSON request: it is a page of HTML.';
      return imported({
        spans: 0,
        lines: 0,
        traceCount: 0,
        traceIds: [],
        problem: { kind: 'not-otlp', message, hint },
      });
    }
    if (text === 'busy') {
      const data = { kind: 'import-refused' as const, message: 'Another file is being imported.' };
      throw new ORPCError('IMPORT', { status: 409, message: data.message, data });
    }
    return imported({ rejected: 3, why: 'no trace id', traceCount: 9 });
  });
  await openPanel('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  held('drop', [otlp('page.html', '<!doctype html>'), otlp('busy.json', 'busy'), otlp('good.json')]);
  expect((await within(await fileItem('page.html')).findByRole('alert')).textContent).toContain('a page of HTML');
  expect((await within(await fileItem('busy.json')).findByRole('alert')).textContent).toContain('Another file');
  const good = await fileItem('good.json');
  expect(await within(good).findByText('3 refused: no trace id')).toBeTruthy();
  expect(within(good).getByText('and 8 more')).toBeTruthy();
});

it('undoes the gzip of a file, and says of a damaged one that it is', async () => {
  host.answer('imports', 'take', () => imported());
  await openPanel('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  const plain = new Blob(['{"resourceSpans":[]}']).stream();
  const packed = await new Response(plain.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  held('drop', [new File([packed], 'packed.json.gz'), new File([packed.slice(0, 20)], 'cut.json.gz')]);
  expect(await within(await fileItem('packed.json.gz')).findByText('Imported 2 spans, 1 log line.')).toBeTruthy();
  expect((await within(await fileItem('cut.json.gz')).findByRole('alert')).textContent).toContain(
    'Its gzip is damaged',
  );
  expect(host.inputsOf('imports.take')).toMatchObject([{ text: '{"resourceSpans":[]}' }]);
});

it('tells how much of a file the host has stored', async () => {
  let finish: (file: ImportedFile) => void = () => {};
  host.answer('imports', 'take', () => new Promise((resolve) => (finish = resolve)));
  host.answer('imports', 'stored', () => ({ share: 0.4 }));
  await openPanel('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  held('drop', [otlp('long.json')]);
  const item = within(await fileItem('long.json'));
  expect(await item.findByText('Storing it 40 %')).toBeTruthy();
  expect(item.getByRole('progressbar', { name: 'Storing it' }).getAttribute('aria-valuenow')).toBe('40');
  finish(imported());
  expect(await item.findByText('Imported 2 spans, 1 log line.')).toBeTruthy();
});

it('sends nothing of a file that is too large, and leaves other things that are dragged alone', async () => {
  await openPanel('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  held('dragEnter', [], ['text/plain']);
  expect(screen.queryByText('Let go to import')).toBeNull();
  const large = otlp('large.json');
  Object.defineProperty(large, 'size', { value: 64 * 1024 * 1024 + 1 });
  held('drop', [large]);
  expect((await within(await fileItem('large.json')).findByRole('alert')).textContent).toContain('larger than 64 MiB');
  expect(host.inputsOf('imports.take')).toEqual([]);
});

it('is opened from the palette, where files are chosen', async () => {
  host.answer('imports', 'take', () => imported());
  const { user } = await openPanel('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByPlaceholderText(/A page, an action/);
  await user.keyboard('import files');
  await user.click(await screen.findByText('Import files of telemetry'));
  const dialog = await screen.findByRole('dialog', { name: 'Import telemetry' });
  await user.upload(within(dialog).getByLabelText('Files to import'), otlp('chosen.json'));
  expect(await within(await fileItem('chosen.json')).findByText('Imported 2 spans, 1 log line.')).toBeTruthy();
});
