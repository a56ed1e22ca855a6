import { afterEach, describe, expect, it } from 'vitest';
import { openTestDoors, type TestDoors } from '../test-doors';

let doors: TestDoors;
afterEach(() => doors.close());

describe('a request that cannot be read', () => {
  it('is refused in Grafana’s shape, with what is wrong', async () => {
    doors = await openTestDoors();
    const post = async (body: unknown) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await doors.ask('/api/ds/query', { method: 'POST', body: text });
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    const one = { refId: 'A', datasource: { uid: 'loki' }, expr: '{}' };
    expect(await post('{')).toEqual([400, 'bad request data: the body is no JSON']);
    expect(await post({ queries: [] })).toEqual([400, 'No queries found']);
    expect(await post({ queries: [one, one] })).toEqual([400, expect.stringContaining('same RefId')]);
    expect(await post({ queries: [{ refId: 'A' }] })).toEqual([400, expect.stringContaining('data source identifier')]);
    expect(await post({ queries: [{ datasource: { uid: 'mimir' } }] })).toEqual([404, 'Data source not found']);
    expect(await post({ queries: [{ datasource: { uid: '__expr__' } }] })).toEqual([
      501,
      expect.stringContaining('__expr__'),
    ]);
    expect(await post('x'.repeat(1024 * 1024 + 1))).toEqual([413, expect.stringContaining('1048576 bytes')]);
    expect(await post({ queries: [one], from: 'yesterday', to: 'now' })).toEqual([
      400,
      expect.stringContaining('"yesterday" is no time'),
    ]);
  });

  it('fails alone where only its data source cannot read it', async () => {
    doors = await openTestDoors();
    const { status, body } = await doors.query('loki', [{ refId: 'A', expr: 5 }]);
    expect(status).toBe(400);
    expect(body.results.A).toMatchObject({ errorSource: 'plugin', error: expect.stringContaining('expr') });
  });
});
