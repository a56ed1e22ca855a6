// @vitest-environment happy-dom
import '../../test-host/test-page';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { QueryEditor } from './query-editor';

afterEach(cleanup);

const window = () => ({ from: 1, to: 2 });

function open(props: Partial<Parameters<typeof QueryEditor>[0]> = {}) {
  const onSubmit = vi.fn();
  const view = render(<QueryEditor language="LogQL" value="{a}" window={window} onSubmit={onSubmit} {...props} />);
  const input = screen.getByLabelText('LogQL') as HTMLInputElement;
  return { onSubmit, input, user: userEvent.setup(), rerender: view.rerender };
}

describe('what is typed', () => {
  it('runs on Enter, without the blanks around it, and not before', async () => {
    const { input, user, onSubmit } = open();
    await user.clear(input);
    await user.paste('  {b}  ');
    expect(onSubmit).not.toHaveBeenCalled();
    await user.keyboard('{Enter}');
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('{b}');
  });

  it('shows a button to run it while it differs from what runs', async () => {
    const { input, user, onSubmit } = open();
    expect(screen.queryByRole('button', { name: /Run/ })).toBeNull();
    await user.type(input, ' ');
    expect(screen.queryByRole('button', { name: /Run/ })).toBeNull();
    await user.type(input, '|');
    await user.click(screen.getByRole('button', { name: /Run/ }));
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('{a} |');
  });

  it('is given up with Escape, and a second Escape leaves the field', async () => {
    const { input, user } = open();
    await user.type(input, ' | x');
    await user.keyboard('{Escape}');
    expect(input.value).toBe('{a}');
    expect(document.activeElement).toBe(input);
    await user.keyboard('{Escape}');
    expect(document.activeElement).not.toBe(input);
  });

  it('gives way to a query that comes from elsewhere', async () => {
    const { input, user, rerender, onSubmit } = open();
    await user.type(input, ' | half');
    rerender(<QueryEditor language="LogQL" value="{from a link}" window={window} onSubmit={onSubmit} />);
    expect(input.value).toBe('{from a link}');
  });
});

describe('what is typed on', () => {
  it('stays when the query that was run before it comes to run', async () => {
    const { input, user, rerender, onSubmit } = open();
    await user.type(input, ' | b{Enter} | c');
    rerender(<QueryEditor language="LogQL" value="{a} | b" window={window} onSubmit={onSubmit} />);
    expect(input.value).toBe('{a} | b | c');
    rerender(<QueryEditor language="LogQL" value="{from a link}" window={window} onSubmit={onSubmit} />);
    expect(input.value).toBe('{from a link}');
  });
});

describe('a refusal', () => {
  const problem = { message: 'unexpected }', position: 2 };

  it('stands under the field, and leads to its place', async () => {
    const { input, user } = open({ problem });
    expect(screen.getByRole('alert').textContent).toContain('unexpected }');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await user.click(screen.getByTitle('Go to this place'));
    expect([input.selectionStart, input.selectionEnd]).toEqual([2, 3]);
  });

  it('goes away while the query is being changed', async () => {
    const { input, user } = open({ problem });
    await user.type(input, 'x');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(input.getAttribute('aria-invalid')).not.toBe('true');
  });

  it('shows a part of a long query around its place', () => {
    open({ value: `{a="${'x'.repeat(200)}"} }`, problem: { message: 'no', position: 100 } });
    const place = screen.getByTitle('Go to this place').textContent ?? '';
    expect(place.startsWith('…')).toBe(true);
    expect(place.length).toBeLessThan(70);
  });

  it('shows no place where the backend names one beyond the query', () => {
    open({ problem: { message: 'no', position: 900 } });
    expect(screen.queryByTitle('Go to this place')).toBeNull();
  });
});
