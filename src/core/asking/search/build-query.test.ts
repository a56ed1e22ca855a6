import { describe, expect, it } from 'vitest';
import { buildLogql, buildTraceql } from './build-query';

describe('a query of plain filters', () => {
  it.each([
    [{}, '{}'],
    [{ service: 'shop', error: true }, '{ resource.service.name = "shop" && status = error }'],
    [{ name: 'GET /a.b', min: '200 ms' }, '{ name =~ ".*GET /a\\\\.b.*" && duration >= 200ms }'],
    [{ where: { 'http.route': '/pay' } }, '{ .http.route = "/pay" }'],
    [{ where: { 'span.code': 500 } }, '{ (span.code = "500" || span.code = 500) }'],
    [{ where: { 'two words': 'a"b' } }, '{ ."two words" = "a\\"b" }'],
    [{ where: { kind: 'server' } }, '{ kind = server }'],
  ])('is in TraceQL: %j', (filters, query) => {
    expect(buildTraceql(filters)).toBe(query);
  });

  it.each([
    [{}, '{service_name=~".+"}'],
    [{ service: 'shop', text: 'a"b' }, '{service_name="shop"} |= "a\\"b"'],
    [
      { error: true, where: { 'http.route': '/pay' } },
      '{service_name=~".+"} | detected_level=~"error|critical|fatal" | http_route="/pay"',
    ],
  ])('is in LogQL: %j', (filters, query) => {
    expect(buildLogql(filters)).toBe(query);
  });
});
