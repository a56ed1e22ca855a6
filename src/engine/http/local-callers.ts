import type { IncomingMessage } from 'node:http';
import { isLoopbackName } from './is-loopback-name';

/** The names that containers and virtual machines have for the machine around them. */
const OWN_HOSTS = [
  'host.docker.internal',
  'gateway.docker.internal',
  'host.containers.internal',
  'host.minikube.internal',
  'host.lima.internal',
  'host.rancher-desktop.internal',
  'host.orb.internal',
  'host.k3d.internal',
  'kubernetes.docker.internal',
  'docker.for.mac.host.internal',
];

const WEB_PAGE = /^https?:\/\/([^/@?#]+)$/i;

/**
 * Pages that a desktop or mobile shell loads from its own files. A page of the web never has such an origin: it is http,
 * https or `null`. Schemes that browsers load from the network (`ipfs:`) are left out, and those of extensions: any one that
 * is installed could send then, also without leave for this machine.
 */
const SHELL_PAGE =
  /^(?:file:\/\/|(?:tauri|asset|capacitor|ionic):\/\/localhost|capacitor-electron:\/\/-|dioxus:\/\/index\.html\.?|qrc:(?:\/\/)?|wails:\/\/wails(?:\.localhost)?(?::\d{1,5})?|(?:app|electron|vscode-webview|vscode-file|ms-appx|ms-appx-web):\/\/[\w.-]+)$/i;

/** Who sends a request, by what a browser lets no page change. */
export interface Caller {
  /** Every name by which the request says where it goes: `Host`, `:authority`, an absolute request target. */
  readonly hosts: readonly string[];
  readonly origin?: string | undefined;
  readonly fetchSite?: string | undefined;
  readonly fetchMode?: string | undefined;
}

/** Which callers are programs and pages of this machine. */
export class LocalCallers {
  private readonly hosts: ReadonlySet<string>;

  /** `listening` is the address listened on; `allowedHosts` are more names, without ports, by which it is reached. */
  constructor(listening: string, allowedHosts: readonly string[] = []) {
    const more = [listening, ...allowedHosts].map((name) => name.toLowerCase());
    this.hosts = new Set([...OWN_HOSTS, ...more, ...more.map((name) => `[${name}]`)]);
  }

  /** Whether what is stored may be read: programs, and pages served from this machine. */
  mayRead(caller: Caller): boolean {
    return this.isLocal(caller, isLocalPage);
  }

  /** Whether telemetry may be sent: also pages of the shells' own schemes. */
  maySend(caller: Caller): boolean {
    return this.isLocal(caller, (origin) => isLocalPage(origin) || SHELL_PAGE.test(origin));
  }

  /**
   * A page of another site that rebinds its name to 127.0.0.1 sends its own name as the host. Pages of other sites
   * show in `Origin` or, where a browser sends none (scripts, images), in `Sec-Fetch-Site`; following a link is allowed.
   * Only programs name no host at all (HTTP/1.0).
   */
  private isLocal({ hosts, origin, fetchSite, fetchMode }: Caller, isPage: (origin: string) => boolean): boolean {
    if (!hosts.every((host) => this.isOwnHost(host))) return false;
    if (origin !== undefined) return isPage(origin);
    return fetchSite !== 'cross-site' || fetchMode === 'navigate';
  }

  private isOwnHost(header: string): boolean {
    const host = withoutPort(header);
    return this.hosts.has(host) || isLoopbackName(host);
  }
}

function isLocalPage(origin: string): boolean {
  const host = WEB_PAGE.exec(origin)?.[1];
  return host !== undefined && isLoopbackName(withoutPort(host));
}

/** In lower case; the dot of a fully qualified name is left out as well. */
function withoutPort(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d{0,5}$/, '')
    .replace(/\.$/, '');
}

/** The caller of an HTTP/1.1 request; null where it names its host twice, which no server may accept (RFC 9112, 3.2). */
export function callerOf({ headers, rawHeaders, url }: IncomingMessage): Caller | null {
  const hosts: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]!.length === 4 && rawHeaders[i]!.toLowerCase() === 'host') hosts.push(rawHeaders[i + 1]!);
  }
  if (hosts.length > 1) return null;
  const target = url ?? '/';
  if (!target.startsWith('/') && target !== '*') hosts.push(URL.canParse(target) ? new URL(target).host : target);
  return {
    hosts,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site']?.toString(),
    fetchMode: headers['sec-fetch-mode']?.toString(),
  };
}
