// A shop on Deno's own server, that asks itself for orders. One order is broken.
const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => {} }, (request) => {
  const id = new URL(request.url).pathname.split('/')[2];
  if (id === '0') throw new Error('the order has no customer');
  console.log(`order ${id} shown`);
  return Response.json({ id });
});
for (const id of [1, 2, 3, 0]) await (await fetch(`http://127.0.0.1:${server.addr.port}/orders/${id}`)).text();
await server.shutdown();
