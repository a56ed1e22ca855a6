import { describe, expect, it } from 'vitest';
import { pages } from '../page/pages';
import { titleOf } from './title-of';

describe('titleOf', () => {
  it('gives every page another title', () => {
    const titles = pages.map(({ to }) => titleOf(to, {}));
    expect(new Set(titles).size).toBe(pages.length);
    expect(titles[0]).toBe('Overview · Watchtower');
  });

  it('says first what is looked at', () => {
    expect(titleOf('/logs', { service: 'shop-web', since: '1h' })).toBe('shop-web · Logs · Watchtower');
    expect(titleOf('/metrics', { metric: 'queue_depth' })).toBe('queue_depth · Metrics · Watchtower');
    expect(titleOf('/metrics', { board: true })).toBe('Board · Metrics · Watchtower');
    expect(titleOf('/traces', { q: '{ status = error }', service: 'other' })).toBe(
      '{ status = error } · Traces · Watchtower',
    );
    expect(titleOf('/traces/0123456789abcdef0123456789abcdef', {})).toBe('Trace 01234567 · Watchtower');
    expect(titleOf('/services/shop%2Fweb', {})).toBe('shop/web · Service · Watchtower');
    expect(titleOf('/runs/abcd2345', {})).toBe('Run abcd2345 · Watchtower');
    expect(titleOf('/runs/compare', { before: 'abcd2345' })).toBe('Compare runs · Watchtower');
  });

  it('says how it is shown where that is not the usual way', () => {
    const trace = '/traces/0123456789abcdef0123456789abcdef';
    expect(titleOf(trace, { view: 'flame' })).toBe('Trace 01234567 · Flame graph · Watchtower');
    expect(titleOf(trace, { view: 'constructor' })).toBe('Trace 01234567 · Watchtower');
    expect(titleOf('/traces/compare', { a: '1', b: '2' })).toBe('Compare traces · Watchtower');
    expect(titleOf('/logs', { show: 'patterns', service: 'web' })).toBe('web · Patterns · Logs · Watchtower');
    expect(titleOf('/services', { table: true })).toBe('Table · Services · Watchtower');
    expect(titleOf('/services', { node: 'orders' })).toBe('orders · Services · Watchtower');
    expect(titleOf('/runs/abcd2345', { part: 'output' })).toBe('Run abcd2345 · Output · Watchtower');
    expect(titleOf('/sessions/abcd2345', { part: 'usage' })).toBe('Session abcd2345 · Usage · Watchtower');
    expect(titleOf('/agents', {})).toBe('Set-up · Agents · Watchtower');
    expect(titleOf('/sessions', {})).toBe('Agents · Watchtower');
    expect(titleOf('/errors', { text: 'timeout' })).toBe('timeout · Errors · Watchtower');
  });

  it('shows hostile text as text, and cuts what is long', () => {
    expect(titleOf('/logs', { service: 'a\u202eb' })).toBe('a‹U+202E›b · Logs · Watchtower');
    expect(titleOf('/logs', { q: 'x'.repeat(500) }).length).toBeLessThan(100);
  });

  it('is the product alone where there is no page', () => {
    expect(titleOf('/nowhere', { q: 'x' })).toBe('Watchtower');
  });
});
