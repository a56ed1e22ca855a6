import { expect, it } from 'vitest';
import { isLocalHost } from './is-local-host';

it('knows local hosts from others', () => {
  const local = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.9',
    'nas',
    'box.local',
    '[fd00::1]',
  ];
  const far = ['example.com', '172.32.0.1', '11.0.0.1', '[2001:db8::1]', 'localhost.example', '10.example.com'];
  for (const host of [...local, 'host.docker.internal', 'otel.LOCALHOST']) expect(isLocalHost(host), host).toBe(true);
  for (const host of far) expect(isLocalHost(host), host).toBe(false);
});
