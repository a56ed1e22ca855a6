// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { currentPageKeys, usePageKeys } from './page-keys';

afterEach(cleanup);

const key = (name: string, label: string, run = () => {}) => ({ key: name, label, run });
const labels = () => currentPageKeys()?.keys.map(({ label }) => label) ?? null;

it('has the keys of a page and those of a list on it, and of two for one key the later', () => {
  const older = vi.fn();
  const newer = vi.fn();
  renderHook(() => usePageKeys('List', [key('j', 'Next'), key('e', 'Older', older)]));
  const page = renderHook(() => usePageKeys('Page', [key('p', 'Pause'), key('e', 'Newer', newer)]));
  expect(currentPageKeys()?.page).toBe('Page');
  expect(labels()).toEqual(['Next', 'Newer', 'Pause']);
  currentPageKeys()
    ?.keys.find((each) => each.key === 'e')
    ?.run();
  expect([older.mock.calls.length, newer.mock.calls.length]).toEqual([0, 1]);
  page.unmount();
  expect(labels()).toEqual(['Next', 'Older']);
});

it('has none once all are gone', () => {
  renderHook(() => usePageKeys('List', [key('j', 'Next')])).unmount();
  expect(currentPageKeys()).toBeNull();
});
