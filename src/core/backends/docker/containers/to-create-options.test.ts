import { describe, expect, it } from 'vitest';
import { toCreateOptions } from './to-create-options';

describe('toCreateOptions', () => {
  it('publishes no port beyond this machine', () => {
    const port = { containerPort: 80, protocol: 'tcp' as const, hostPort: 80 };
    const spec = {
      name: 'x',
      image: 'y',
      environment: {},
      labels: {},
      mounts: [],
      network: 'n',
      aliases: [],
      extraHosts: [],
      restart: 'no' as const,
    };
    for (const hostIp of ['0.0.0.0', '', '::', '192.168.1.5']) {
      expect(() => toCreateOptions({ ...spec, ports: [{ ...port, hostIp }] })).toThrow('would be published');
    }
    const { HostConfig } = toCreateOptions({ ...spec, ports: [{ ...port, hostIp: '127.0.0.1' }] });
    expect(HostConfig!.PortBindings).toEqual({ '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '80' }] });
    expect(HostConfig).not.toHaveProperty('Privileged');
  });
});
