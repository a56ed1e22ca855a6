// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveCanvas } from '../../test-host/give-canvas';
import { giveLayout } from '../../test-host/give-layout';
import type { HeatCells, HeatRectangle } from './heat-cells';
import { placeOf } from './heat-cells';
import { HeatMap } from './heat-map';
import { heatShade, heatShades } from './heat-shade';
import { timeTicks } from './time-ticks';

/** Three columns of ten, three rows up to 1, 2, 4 and beyond. */
const cells: HeatCells = {
  xs: [0, 10, 20, 30],
  ys: [1, 2, 4, Number.POSITIVE_INFINITY],
  columns: [
    [5, 0, 0],
    [0, 7, 0],
    [1, 0, 2],
  ],
};

beforeEach(() => {
  giveLayout();
  giveCanvas();
});
afterEach(cleanup);

function show(given: HeatCells = cells, selection: HeatRectangle | null = null) {
  const onSelect = vi.fn<(rectangle: HeatRectangle | null) => void>();
  render(
    <HeatMap
      label="Spans by duration"
      cells={given}
      height={120}
      formatX={(value) => `${value} s`}
      formatY={(value) => `${value} ms`}
      formatCount={(count) => `${count} spans`}
      ticks={[{ at: 10, label: 'ten' }]}
      selection={selection}
      onSelect={onSelect}
    />,
  );
  return { map: screen.getByRole('application', { name: 'Spans by duration' }), onSelect };
}

describe('a heat map', () => {
  it('says in words what it shows, and where most is', () => {
    const { map } = show();
    expect(map.textContent).not.toContain('15 spans');
    const description = document.getElementById(map.getAttribute('aria-describedby')!)!.textContent;
    expect(description).toContain('15 spans. Most: 7 spans, 2 ms to 4 ms, 10 s – 20 s.');
  });

  it('says that there is nothing', () => {
    const { map } = show({ xs: [0, 1], ys: [1, 2], columns: [[0]] });
    expect(document.getElementById(map.getAttribute('aria-describedby')!)!.textContent).toContain('Nothing');
  });

  it('tells the cell under the pointer, an open end by its bound alone', () => {
    const { map } = show();
    // 1200 × 800: the last column, the uppermost row.
    fireEvent.pointerMove(map, { clientX: 1190, clientY: 10 });
    expect(screen.getByText('2 spans, from 4 ms, 20 s – 30 s')).toBeTruthy();
    fireEvent.pointerLeave(map);
    expect(screen.queryByText('2 spans, from 4 ms, 20 s – 30 s')).toBeNull();
  });

  it('gives the rectangle that was dragged, whichever way', () => {
    const { map, onSelect } = show();
    fireEvent.pointerDown(map, { clientX: 1190, clientY: 10, button: 0 });
    fireEvent.pointerMove(map, { clientX: 600, clientY: 400 });
    expect(screen.getByText('9 spans, from 2 ms, 10 s – 30 s')).toBeTruthy();
    fireEvent.pointerUp(map, { clientX: 600, clientY: 400 });
    expect(onSelect).toHaveBeenCalledExactlyOnceWith({ from: 10, to: 30, low: 2, high: Number.POSITIVE_INFINITY });
  });

  it('gives up the selection by a click on what is empty', () => {
    const { map, onSelect } = show();
    fireEvent.pointerDown(map, { clientX: 10, clientY: 10, button: 0 });
    fireEvent.pointerUp(map, { clientX: 10, clientY: 10 });
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('is drawn in by arrow keys: shift draws, Enter selects', async () => {
    const user = userEvent.setup();
    const { map, onSelect } = show();
    map.focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getAllByText('7 spans, 2 ms to 4 ms, 10 s – 20 s').length).toBeGreaterThan(0);
    await user.keyboard('{Shift>}{ArrowLeft}{ArrowDown}{/Shift}{Enter}');
    expect(onSelect).toHaveBeenCalledExactlyOnceWith({ from: 0, to: 20, low: 1, high: 4 });
  });

  it('gives up by Escape first what is drawn, then what is selected', async () => {
    const user = userEvent.setup();
    const { map, onSelect } = show(cells, { from: 0, to: 10, low: 1, high: 2 });
    map.focus();
    await user.keyboard('{ArrowLeft}{Shift>}{ArrowLeft}{/Shift}{Escape}');
    expect(onSelect).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('outlines what is selected by the values of its axes', () => {
    const { map } = show(cells, { from: 15, to: 30, low: 2, high: 4 });
    const outline = map.querySelector<HTMLElement>('[data-look=selected]')!;
    expect(outline.style.left).toBe('50%');
    expect(Number.parseFloat(outline.style.height)).toBeCloseTo(100 / 3);
  });
});

describe('the shades', () => {
  it('leave none empty, show one beside thousands, and give the greatest the last', () => {
    expect(heatShade(0, 5000)).toBe(-1);
    expect(heatShade(Number.NaN, 5000)).toBe(-1);
    expect(heatShade(1, 5000)).toBeGreaterThanOrEqual(1);
    expect(heatShade(5000, 5000)).toBe(heatShades - 1);
    expect(heatShade(1, 1)).toBe(heatShades - 1);
  });
});

describe('the place of a value', () => {
  it('lies between bounds by logarithms, and beyond them at the ends', () => {
    expect(placeOf(Math.sqrt(2), [1, 2, 4], 'log')).toBeCloseTo(0.25);
    expect(placeOf(9, [1, 2, 4], 'log')).toBe(1);
    expect(placeOf(5, [1, 2, Number.POSITIVE_INFINITY], 'log')).toBe(0.5);
    expect(placeOf(15, [0, 10, 20], 'linear')).toBe(0.75);
  });
});

describe('the ticks of a time axis', () => {
  it('stand at round times, no more than were asked for', () => {
    const { ticks, step } = timeTicks(3_600_000 + 1, 2 * 3_600_000, 6);
    expect(step).toBe(10 * 60_000);
    expect(ticks).toHaveLength(6);
    expect(ticks.every((tick) => new Date(tick).getMinutes() % 10 === 0)).toBe(true);
  });
});
