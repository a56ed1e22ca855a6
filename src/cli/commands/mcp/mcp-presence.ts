import { createHostClient, type HostClient } from '../../../core/http/client/create-host-client';
import { findHost } from '../../../core/ownership/host-file';
import { resolveHome } from '../../../core/ownership/resolve-home';

interface Told {
  client: HostClient;
  id: string;
}

interface ClientName {
  name: string;
  version: string;
}

/**
 * Tells a host that runs who asks over standard input, so that the panel shows it as connected. It starts none, holds up no answer, and
 * where the host is gone it tells the next one with the next question.
 */
export class McpPresence {
  private told: Promise<Told | null> | null = null;
  private readonly end = new AbortController();

  /** The client has said who it is. */
  connected(who: ClientName | undefined): void {
    void this.present(who);
  }

  asked(who: ClientName | undefined, tool: string): void {
    void this.tell(who, tool).catch(() => {});
  }

  close(): void {
    this.end.abort();
  }

  private present(who: ClientName | undefined): Promise<Told | null> {
    this.told ??= this.attend(who).catch(() => null);
    return this.told;
  }

  private async tell(who: ClientName | undefined, tool: string): Promise<void> {
    // Once more where the host was started since, or has forgotten.
    for (let tries = 0; tries < 2; tries++) {
      const told = await this.present(who);
      if (told && (await told.client.agents.asked({ id: told.id, tool })).known) return;
      this.told = null;
    }
  }

  private async attend(who: ClientName | undefined): Promise<Told | null> {
    const host = await findHost(resolveHome());
    if (!host) return null;
    const client = createHostClient(host.url, host.token);
    const { signal } = this.end;
    const input = {
      name: who?.name.slice(0, 200) ?? 'unknown',
      version: who?.version.slice(0, 100) ?? '',
      transport: 'stdio' as const,
      folder: process.cwd(),
    };
    const feed = await client.agents.attend(input, { signal });
    const first = await feed.next();
    if (first.done) return null;
    void this.stay(feed);
    return { client, id: first.value.id };
  }

  /** The host counts it as connected while it listens. */
  private async stay(feed: AsyncIterator<unknown>): Promise<void> {
    await feed.next().catch(() => {});
    this.told = null;
  }
}
