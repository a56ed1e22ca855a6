import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { findOwner, isOfThisUser } from './is-of-this-user';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:10E0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11
   1: 0100007F:C350 0100007F:10E0 01 00000000:00000000 00:00000000 00000000  1001        0 12
   2: 0100007F:10E0 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 13
`;

it('finds the user at the far end of a connection, not at the near one', () => {
  expect(findOwner(table, 0xc350, 0x10e0)).toBe(1001);
  expect(findOwner(table, 0xc351, 0x10e0)).toBeNull();
});

it('knows a connection of its own', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  expect(await isOfThisUser(socket.localPort!, port)).toBe(true);
  socket.destroy();
  server.close();
});
