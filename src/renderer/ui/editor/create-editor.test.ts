// @vitest-environment happy-dom
import '../../test-host/test-page';
import { forEachDiagnostic } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { afterEach, expect, it, vi } from 'vitest';
import { testNames } from './completion/test-names';
import { createEditor } from './create-editor';

afterEach(() => {
  vi.restoreAllMocks();
});

it('calls a query no mistake of which a busy machine read a part', async () => {
  let now = 0;
  // Whatever is given a time to work in has none left.
  vi.spyOn(Date, 'now').mockImplementation(() => {
    now += 1000;
    return now;
  });
  const check = vi.fn(async () => null);
  const host = document.createElement('div');
  document.body.append(host);
  const editor = createEditor({
    host,
    language: 'LogQL',
    text: '{service_name=~".+"}',
    placeholder: '',
    names: testNames,
    check,
    onRun: () => {},
    onChange: () => {},
    onEscape: () => {},
  });
  await vi.waitFor(() => expect(check).toHaveBeenCalledExactlyOnceWith('{service_name=~".+"}'));
  const view = EditorView.findFromDOM(host.shadowRoot!.querySelector<HTMLElement>('.cm-editor')!)!;
  const found: string[] = [];
  forEachDiagnostic(view.state, ({ message }) => found.push(message));
  expect(found).toEqual([]);
  editor.remove();
});
