// @vitest-environment happy-dom
import '../../test-host/test-page';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';

/** An editor is there once `arrive` was called; `after` runs in the first moment after one was made. */
const moment = vi.hoisted(() => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return { arrive, arrived, after: () => {} };
});
// Chromium has it; without it the plain field stays.
vi.hoisted(() => Object.assign(document, { caretRangeFromPoint: () => null }));
vi.mock('./create-editor', async (load) => {
  const { createEditor } = await load<typeof import('./create-editor')>();
  await moment.arrived;
  return {
    createEditor(options: Parameters<typeof createEditor>[0]) {
      const editor = createEditor(options);
      queueMicrotask(() => moment.after());
      return editor;
    },
  };
});
const { QueryEditor } = await import('./query-editor');
// Loaded before anything waits for it.
await vi.importActual('./create-editor');

afterEach(cleanup);

const plainField = () => document.querySelector<HTMLInputElement>('input[aria-label=LogQL]');
function editorField(): HTMLElement | undefined {
  for (const each of document.querySelectorAll('form div')) {
    const found = each.shadowRoot?.querySelector<HTMLElement>('[aria-label=LogQL]');
    if (found) return found;
  }
  return undefined;
}

function open(onSubmit = vi.fn()) {
  render(<QueryEditor language="LogQL" value="{a}" window={() => ({ from: 1, to: 2 })} onSubmit={onSubmit} />);
  return onSubmit;
}

describe('the editor that takes the place of the plain field', () => {
  it('has what was typed there, and the focus', async () => {
    const onSubmit = open();
    const user = userEvent.setup();
    await user.clear(plainField()!);
    await user.paste('{b} | half');
    moment.arrive();
    await waitFor(() => expect(plainField()).toBeNull());
    const field = editorField()!;
    expect(field.textContent).toBe('{b} | half');
    expect((field.getRootNode() as ShadowRoot).activeElement).toBe(field);
    expect(screen.getByRole('button', { name: /Run/ })).toBeTruthy();
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it('leaves no moment in which one could type into a field that is about to go', async () => {
    const left: boolean[] = [];
    moment.after = () => left.push(plainField() !== null);
    open();
    moment.arrive();
    await waitFor(() => expect(left).toEqual([false]));
  });
});
