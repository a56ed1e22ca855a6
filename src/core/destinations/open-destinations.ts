import type { LokiClient } from '../telemetry/loki-client';
import type { TempoClient } from '../telemetry/tempo-client';
import { DestinationController, type DestinationControllerOptions } from './destination-controller';
import { openDestinationStore } from './destination-store';
import { previewRedaction } from './preview-redaction';

export type OpenDestinationsOptions = Omit<DestinationControllerOptions, 'store' | 'preview'> & {
  home: string;
  tempo: Pick<TempoClient, 'search' | 'get'>;
  loki: Pick<LokiClient, 'query'>;
};

/** Reads what is kept in the home. Nothing is sent before `apply`. */
export async function openDestinations(options: OpenDestinationsOptions): Promise<DestinationController> {
  const { home, tempo, loki, ...rest } = options;
  const store = await openDestinationStore(home);
  const preview: DestinationControllerOptions['preview'] = (rules) => previewRedaction(rules, { tempo, loki });
  return new DestinationController({ ...rest, store, preview }).open();
}
