import { describe, expect, it } from 'vitest';
import { curlCommand } from './curl-command';

describe('curlCommand', () => {
  it('quotes so that a shell passes the query on as it is', () => {
    expect(curlCommand('http://127.0.0.1:3100/', '/loki/api/v1/query_range', { query: `{a="it's"}`, limit: 10 })).toBe(
      `curl -sG 'http://127.0.0.1:3100/loki/api/v1/query_range' \\\n  --data-urlencode 'query={a="it'\\''s"}' \\\n  --data-urlencode 'limit=10'`,
    );
  });
});
