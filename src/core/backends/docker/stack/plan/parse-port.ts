export interface PublishedPort {
  hostIp: string;
  /** 0 where the system chooses. */
  hostPort: number;
  containerPort: number;
  protocol: 'tcp' | 'udp';
}

/**
 * A published port in Compose's short form: `127.0.0.1:4317:4317/tcp`. Null where it is not of the form
 * ADDRESS:PORT:PORT, or the address is not a loopback one: nothing of this stack is published to a network.
 */
export function parsePort(text: string): PublishedPort | null {
  const found = /^(127\.\d+\.\d+\.\d+|\[::1\]):(\d{1,5}):(\d{1,5})(?:\/(tcp|udp))?$/.exec(text);
  if (!found) return null;
  const [hostPort, containerPort] = [Number(found[2]), Number(found[3])];
  if (hostPort > 65_535 || containerPort > 65_535 || containerPort === 0) return null;
  return {
    hostIp: found[1]!.replace(/[[\]]/g, ''),
    hostPort,
    containerPort,
    protocol: found[4] === 'udp' ? 'udp' : 'tcp',
  };
}
