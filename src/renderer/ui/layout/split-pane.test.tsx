// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveLayout } from '../../test-host/give-layout';
import { SplitPane } from './split-pane';

beforeEach(giveLayout);
afterEach(() => {
  cleanup();
  localStorage.clear();
});

const open = (side: string | null = 'details', place: 'right' | 'bottom' = 'right') =>
  render(
    <SplitPane name="test" place={place} initial={400} min={200} side={side}>
      list
    </SplitPane>,
  );
const border = () => screen.getByRole('separator', { name: 'Resize' });
const size = () => Number(border().getAttribute('aria-valuenow'));

describe('the border between two parts', () => {
  it('is not there without a second part', () => {
    open(null);
    expect(screen.queryByRole('separator')).toBeNull();
    expect(screen.getByText('list')).toBeTruthy();
  });

  it('moves with the arrow keys, and the size is there again the next time', async () => {
    const user = userEvent.setup();
    open();
    border().focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowRight}');
    expect(size()).toBe(424);
    cleanup();
    open();
    expect(size()).toBe(424);
  });

  it('moves up and down where the second part stands below', async () => {
    const user = userEvent.setup();
    open('details', 'bottom');
    border().focus();
    await user.keyboard('{ArrowUp}');
    expect(size()).toBe(424);
    await user.keyboard('{ArrowLeft}');
    expect(size()).toBe(424);
  });

  it('leaves both parts their least size, however far it is dragged', () => {
    open();
    const held = border();
    held.setPointerCapture = () => {};
    held.hasPointerCapture = () => true;
    fireEvent.pointerDown(held, { pointerId: 1, clientX: 800 });
    fireEvent.pointerMove(held, { pointerId: 1, clientX: 1190 });
    expect(size()).toBe(200);
    fireEvent.pointerMove(held, { pointerId: 1, clientX: 5 });
    expect(size()).toBe(1000);
    fireEvent.pointerMove(held, { pointerId: 1, clientX: 700 });
    expect(size()).toBe(500);
  });

  it('does not move when the pointer only passes over it', () => {
    open();
    border().hasPointerCapture = () => false;
    fireEvent.pointerMove(border(), { pointerId: 1, clientX: 100 });
    expect(size()).toBe(400);
  });
});

describe('a frame without room for two parts side by side', () => {
  const sized = (width: number, height: number) => {
    HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, width, height);
  };

  it('has the second part below, with a size of its own', async () => {
    const user = userEvent.setup();
    sized(640, 800);
    open();
    expect(border().getAttribute('aria-orientation')).toBe('horizontal');
    expect(screen.getByText('list')).toBeTruthy();
    border().focus();
    await user.keyboard('{ArrowUp}');
    expect(size()).toBe(424);
    cleanup();
    sized(1200, 800);
    open();
    expect(border().getAttribute('aria-orientation')).toBe('vertical');
    expect(size()).toBe(400);
  });

  it('shows the second part over the first where it is low too, with a button that leads back', async () => {
    const user = userEvent.setup();
    const run = vi.fn();
    sized(640, 300);
    render(
      <SplitPane name="test" place="right" initial={400} side="details" back={{ label: 'Back to the list', run }}>
        list
      </SplitPane>,
    );
    expect(screen.queryByRole('separator')).toBeNull();
    expect(screen.getByText('list').closest('[inert]')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(run).toHaveBeenCalledOnce();
  });
});
