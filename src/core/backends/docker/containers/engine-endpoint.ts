/** Where an engine listens. `url` is what a person reads: `unix:///var/run/docker.sock`, `tcp://HOST:PORT`; no credentials. */
export type EngineEndpoint =
  | { kind: 'socket'; url: string; path: string }
  | { kind: 'tcp'; url: string; host: string; port: number; tls?: EngineTls };

/** PEM texts, as Docker keeps them beside a context or in DOCKER_CERT_PATH. */
export interface EngineTls {
  ca?: string;
  cert?: string;
  key?: string;
}

/** What decides where the engine is looked for; given by tests. */
export interface EngineEnvironment {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  platform: NodeJS.Platform;
}

export interface EngineCandidate {
  endpoint: EngineEndpoint;
  /** Why this one: "DOCKER_HOST", "Docker context colima", "socket of OrbStack". */
  reason: string;
}

/**
 * Reads an address as Docker writes it: `unix://PATH`, `npipe:////./pipe/NAME`, `tcp://HOST[:PORT]`. Null where this is
 * none of them; `ssh` where it goes over SSH, which Watchtower does not do.
 */
export function parseEngineEndpoint(address: string, tls?: EngineTls): EngineEndpoint | 'ssh' | null {
  const [, scheme, rest] = /^(?:([a-z]+):\/\/)?(?!.*:\/\/)(.+)$/.exec(address.trim()) ?? [];
  if (!rest) return null;
  switch (scheme) {
    case 'ssh':
      return 'ssh';
    case 'unix':
      return rest.startsWith('/') ? { kind: 'socket', url: `unix://${rest}`, path: rest } : null;
    case 'npipe':
      return { kind: 'socket', url: `npipe://${rest}`, path: rest };
    case 'tcp':
    case 'http':
    case 'https':
    case undefined:
      return parseTcp(rest, scheme === 'https' ? (tls ?? {}) : tls);
    default:
      return null;
  }
}

function parseTcp(rest: string, tls?: EngineTls): EngineEndpoint | null {
  if (!URL.canParse(`tcp://${rest}`)) return null;
  const { hostname, port } = new URL(`tcp://${rest}`);
  if (!hostname) return null;
  // Docker's own defaults: 2375 in the clear, 2376 with TLS.
  const number = port ? Number(port) : tls ? 2376 : 2375;
  const host = hostname.replace(/^\[|\]$/g, '');
  return { kind: 'tcp', url: `tcp://${hostname}:${number}`, host, port: number, ...(tls && { tls }) };
}
