import { expect, it } from 'vitest';
import { refuseOwnEndpoint } from './refuse-own-endpoint';

it('refuses every name of its own receiver and nothing else', () => {
  const own = 'http://127.0.0.1:4318';
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '127.1.2.3',
    '0.0.0.0',
    'host.docker.internal',
    'a.localhost',
  ]) {
    expect(refuseOwnEndpoint(`http://${host}:4318/x`, own), host).toMatchObject({ kind: 'endpoint-is-own' });
    expect(refuseOwnEndpoint(`http://${host}:4319`, own), host).toBeNull();
  }
  expect(refuseOwnEndpoint('http://192.168.1.2:4318', own)).toBeNull();
  expect(refuseOwnEndpoint('https://localhost.example:4318', own)).toBeNull();
});
