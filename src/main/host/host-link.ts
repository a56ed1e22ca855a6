import type { Core } from '../../core/create-core';
import type { HostClient } from '../../core/http/client/create-host-client';

/** The host that the desktop app shows: a core of this process, or a host that ran already and goes on without the app. */
export interface HostLink {
  /** Null where the host is another process. */
  readonly core: Core | null;
  readonly client: HostClient;
  /** Base URL without the token. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}
