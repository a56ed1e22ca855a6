import { describe, expect, it } from 'vitest';
import { buildTraceQuery } from './build-trace-query';

describe('buildTraceQuery', () => {
  it('matches every trace without filters', () => {
    expect(buildTraceQuery({})).toBe('{}');
  });

  it('joins the filters in one spanset', () => {
    expect(buildTraceQuery({ service: 'order-service', min: '100ms', errors: true })).toBe(
      '{ resource.service.name = "order-service" && duration >= 100ms && status = error }',
    );
  });

  it('takes a name literally, whatever it contains', () => {
    expect(buildTraceQuery({ name: 'GET /a.b"\\' })).toBe('{ name =~ ".*GET /a\\\\.b\\"\\\\\\\\.*" }');
  });

  it('leaves out a duration that is not finished', () => {
    expect(buildTraceQuery({ min: '10' })).toBe('{}');
  });
});
