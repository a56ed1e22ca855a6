import { describe, expect, it } from 'vitest';
import { withTag } from './pull-image';
import { readPullLine } from './read-pull';

describe('readPullLine', () => {
  it('counts a layer up to its size, keeps it done, and passes over what tells of no layer', () => {
    const sizes = new Map<string, number>();
    const read = (message: object) => readPullLine(JSON.stringify(message), sizes);
    expect(read({ status: 'Pulling from grafana/loki', id: '3.7.6' })).toBeNull();
    expect(read({ status: 'Downloading', progressDetail: { current: 5, total: 9 }, id: 'a' })).toEqual({
      layer: 'a',
      state: 'downloading',
      current: 5,
      total: 9,
    });
    expect(read({ status: 'Retrying in 3 seconds', id: 'a' })).toMatchObject({ state: 'waiting', trouble: /Retrying/ });
    expect(read({ status: 'Extracting', progressDetail: { current: 1, total: 9 }, id: 'a' })).toMatchObject({
      state: 'extracting',
      current: 9,
    });
    expect(read({ status: 'Pull complete', id: 'a' })).toEqual({ layer: 'a', state: 'done', current: 9, total: 9 });
    expect(() => read({ error: 'denied', errorDetail: { message: 'denied' } })).toThrow('denied');
  });

  it('never pulls every tag of a name', () => {
    expect(withTag('host:5000/loki')).toBe('host:5000/loki:latest');
    expect(withTag('host:5000/loki:1')).toBe('host:5000/loki:1');
    expect(withTag('loki@sha256:0')).toBe('loki@sha256:0');
  });
});
