import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { refuseWrongMethod } from './refuse-wrong-method';

let app: Hono;
beforeEach(() => {
  app = new Hono();
  app.get('/read/:name', (context) => context.text('read'));
  app.on(['GET', 'POST'], '/both', (context) => context.text('both'));
  refuseWrongMethod(app);
});

describe('a path', () => {
  it('that takes other methods says which', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await app.request('/read/x', { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
      expect(await answer.text()).toBe('Method Not Allowed: send GET\n');
    }
    const answer = await app.request('/both', { method: 'PATCH' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
  });

  it('that is none is not found, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'PUT']) expect((await app.request('/none', { method })).status).toBe(404);
  });

  it('answers what it takes', async () => {
    expect(await (await app.request('/both', { method: 'POST' })).text()).toBe('both');
    expect((await app.request('/read/x', { method: 'HEAD' })).status).toBe(200);
  });
});
