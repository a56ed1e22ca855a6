import { expect, test } from 'vitest';
import { readAllowedHosts } from './allowed-hosts';

test('names of the settings and of the environment are taken together', () => {
  expect(readAllowedHosts(['My-VM.lan'], 'host.k3d.internal, 172.17.0.1 fd00::1,my-vm.lan')).toEqual({
    hosts: ['my-vm.lan', 'host.k3d.internal', '172.17.0.1', 'fd00::1'],
  });
  expect(readAllowedHosts([], undefined)).toEqual({ hosts: [] });
});

test.each(['http://my-vm.lan', 'my-vm.lan:4318', '*.lan', '*', 'a b.c,-x', 'x/..', 'evil.example.'])(
  '%s is refused by name',
  (name) => {
    expect(readAllowedHosts([], name)).toMatchObject({
      problem: { kind: 'allowed-host-invalid', hint: expect.stringContaining('without a scheme') },
    });
  },
);
