import type { HostClient } from '../../http/client/create-host-client';
import type { ShownIds } from './shown-ids';

/** What the tools ask: a host over its contract, and what of it stands in an answer. */
export interface AskedHost {
  client: HostClient;
  /** Base URL of the panel, without any key. */
  panel: string;
  /** Known secrets, and what looks like one, are never told. */
  mask(text: string): string;
  /** Of traces that were told. */
  ids: ShownIds;
}
