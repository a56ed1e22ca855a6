// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { Meter } from './meter';
import { ProgressBar } from './progress-bar';
import { Sparkline } from './sparkline';

afterEach(cleanup);

const points = (values: number[]) => {
  const { container } = render(<Sparkline values={values} width={100} height={20} slots={11} label="Rate" />);
  return container.querySelector('polyline')?.getAttribute('points');
};

it('puts the newest value at the right end, however few there are, and its top at the greatest', () => {
  expect(points([0, 5, 10])).toBe('80.0,19.0 90.0,10.0 100.0,1.0');
});

it('lies flat on the ground where nothing came, and draws no line of a single value', () => {
  expect(points([0, 0])).toBe('90.0,19.0 100.0,19.0');
  expect(points([3])).toBeUndefined();
  expect(screen.getAllByRole('img', { name: 'Rate' })).toHaveLength(2);
});

it('shows a bound that is passed as full, and never less than nothing', () => {
  const value = (share: number) => {
    render(<Meter label="Disk" share={share} text="much" />);
    return screen.getAllByRole('meter').at(-1)?.getAttribute('aria-valuenow');
  };
  expect([value(0.25), value(7), value(-1)]).toEqual(['25', '100', '0']);
});

it('tells of what goes on without a known end no number, but the words', () => {
  render(<ProgressBar label="Images" share={null} text="asking" />);
  const bar = screen.getByRole('progressbar', { name: 'Images' });
  expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuetext')]).toEqual([null, 'asking']);
});
