import { describe, expect, it } from 'vitest';
import { buildLogQuery, narrowLogQuery } from './build-log-query';

describe('buildLogQuery', () => {
  it('selects every line without filters', () => {
    expect(buildLogQuery({})).toBe('{service_name=~".+"}');
  });

  it('puts service, text and level at their places', () => {
    expect(buildLogQuery({ service: 'shop', level: 'error', text: 'card' })).toBe(
      '{service_name="shop"} |= "card" | detected_level="error"',
    );
  });

  it('quotes what would end the string', () => {
    expect(buildLogQuery({ text: 'say "hi" \\ bye' })).toBe('{service_name=~".+"} |= "say \\"hi\\" \\\\ bye"');
  });
});

describe('narrowLogQuery', () => {
  it('adds a label filter behind the query', () => {
    expect(narrowLogQuery('{service_name="shop"}', 'http_route', '/a"b')).toBe(
      '{service_name="shop"} | http_route="/a\\"b"',
    );
  });
});
