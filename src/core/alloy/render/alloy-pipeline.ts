import type { Settings } from '../../../shared/contract/host';
import type { ForwardConfig } from '../../../shared/engine-messages';

/**
 * What Alloy shall do besides serving the local backends: forward to destinations (none: mode local-only) with these
 * redaction rules, take in Faro, scrape. Holds the secrets of the destinations: never log it.
 */
export type AlloyPipeline = ForwardConfig & Settings['pipeline'];

export const localOnly: AlloyPipeline = { destinations: [], redaction: [], faro: false, scrapeTargets: [] };
