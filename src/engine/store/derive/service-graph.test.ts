import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, ERROR, SERVER, TestSpanStore } from '../../test-span-store';

let kept: TestSpanStore;

beforeEach(async () => {
  kept = await TestSpanStore.open();
});
afterEach(() => kept.close());

const send: TestSpanStore['send'] = (...sent) => kept.send(...sent);
const derive = () => kept.derive();
const query = (text: string) => kept.query(text);

describe('service graph', () => {
  const total = 'traces_service_graph_request_total';

  it('joins the client span of one service to the server span of another', async () => {
    await send('web', [
      { trace: 1, id: 1, kind: CLIENT, ms: 250 },
      { trace: 1, id: 9, kind: CLIENT, ms: 1 },
    ]);
    await send('cart', [{ trace: 1, id: 2, parent: 1, kind: SERVER, ms: 150, status: ERROR }]);
    await derive();
    expect(await query(total)).toEqual({ 'web cart': 1 });
    expect(await query('traces_service_graph_request_failed_total')).toEqual({ 'web cart': 1 });
    expect(await query('traces_service_graph_request_server_seconds_sum')).toEqual({ 'web cart': 0.15 });
    expect(await query('traces_service_graph_request_client_seconds_bucket{le=~"0.2|0.4"}')).toEqual({
      'web 0.2 cart': 0,
      'web 0.4 cart': 1,
    });
  });

  it.each(['client', 'server'])('joins an edge whose %s half comes late, once', async (late) => {
    const halves = {
      client: () => send('web', [{ trace: 1, id: 1, kind: 4, ms: 2 }]),
      server: () => send('mail', [{ trace: 1, id: 2, parent: 1, kind: 5, ms: 2 }]),
    };
    await (late === 'client' ? halves.server : halves.client)();
    await derive();
    expect(await query(total)).toEqual({});
    await (late === 'client' ? halves.client : halves.server)();
    await derive();
    await derive();
    await derive();
    expect(await query(total)).toEqual({ 'web messaging_system mail': 1 });
  });

  it('shows users and databases at once, and services that stay silent after their time', async () => {
    await send('web', [
      { trace: 1, id: 1, kind: SERVER, ms: 500 },
      {
        trace: 1,
        id: 2,
        parent: 1,
        kind: CLIENT,
        ms: 20,
        attributes: { 'db.system': 'postgresql', 'server.address': 'db.local' },
      },
      { trace: 1, id: 3, parent: 1, kind: CLIENT, ms: 20, attributes: { 'db.name': 'orders' } },
      { trace: 1, id: 4, parent: 1, kind: CLIENT, ms: 30, attributes: { 'peer.service': 'bank' }, status: ERROR },
      { trace: 1, id: 5, parent: 1, kind: CLIENT, ms: 30, attributes: { 'peer.service': 'cart' } },
    ]);
    await send('cart', [{ trace: 1, id: 6, parent: 5, kind: SERVER, ms: 10 }]);
    await derive();
    const atOnce = {
      'user virtual_node web': 1,
      'web database db.local': 1,
      'web database orders': 1,
      'web cart': 1,
    };
    expect(await query(total)).toEqual(atOnce);
    await derive();
    await derive();
    expect(await query(total)).toEqual({ ...atOnce, 'web virtual_node bank': 1 });
    expect(await query('traces_service_graph_request_failed_total')).toEqual({ 'web virtual_node bank': 1 });
  });
});
