import type { HostClient } from '../core/http/client/create-host-client';

/**
 * An address of the panel that signs a browser in, once and within a minute. The key itself would stand in the browser's
 * arguments, where every program of the machine reads it.
 */
export async function signInAddress({ url, client }: { url: string; client: HostClient }, path = '/'): Promise<string> {
  const { ticket } = await client.host.ticket();
  const address = new URL(path, url);
  address.searchParams.set('ticket', ticket);
  return address.href;
}
