import { describe, expect, it } from 'vitest';
import { normalizeName } from './normalize-name';

describe('normalizeName', () => {
  it.each([
    ['GET /users/42', 'GET /users/<*>'],
    ['GET /users/{id}', 'GET /users/{id}'],
    ['GET /api/v1/orders/8f14e45f-ceea-467f-ab0b-6ddb0f3e1e2a/lines', 'GET /api/v1/orders/<*>/lines'],
    ['GET http://localhost:43210/items/7?x=1', 'GET http://<*>/items/<*>'],
    ['GET https://api.stripe.com/v1/charges', 'GET https://api.stripe.com/v1/charges'],
    ['job 01ARZ3NDEKTSV4RRFFQ69G5FAV', 'job <*>'],
    ['lock 0x7ffde9', 'lock <*>'],
    ['commit 9f86d081884c', 'commit <*>'],
    ['report 2026-11-30T08:12:33.120Z', 'report <*>'],
    ['worker-17 of 10.0.3.7:8080', 'worker-<*> of <*>'],
    ['user123', '<*>'],
    ['HTTP/1.1 GET', 'HTTP/1.1 GET'],
    ['sha256 of S3Event by sqlite3', 'sha256 of S3Event by sqlite3'],
    ['facade decade', 'facade decade'],
    ['SELECT shop.items', 'SELECT shop.items'],
    ["SELECT * FROM items WHERE id = 17 AND name = 'it''s'", 'SELECT * FROM items WHERE id = ? AND name = ?'],
    ['', ''],
  ])('%s is %s', (name, normal) => {
    expect(normalizeName(name)).toBe(normal);
  });

  it('is the same when it is normalised again', () => {
    for (const name of ['GET /users/42', 'a 1, 2, 3 b', 'x 12.5 ms y', 'SELECT a FROM b WHERE c IN (1,2)', '<*>.<*>'])
      expect(normalizeName(normalizeName(name))).toBe(normalizeName(name));
  });

  it('reads only so much of a name without an end', () => {
    expect(normalizeName(`GET /${'a1b2'.repeat(100_000)}`).length).toBeLessThanOrEqual(300);
  });
});
