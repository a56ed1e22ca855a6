import type { Backend, Capabilities } from './contract/host';

/** Of a scripted host with this backend, as the real ones tell theirs. */
export function testCapabilities(backend: Backend = 'embedded'): Capabilities {
  const isStack = backend !== 'embedded';
  return {
    services: isStack,
    storage: !isStack,
    progress: isStack,
    outlivesHost: isStack,
    lifecycle: true,
    forwarding: true,
    ingest: true,
    traces: true,
    logs: true,
    metrics: true,
    because: {},
  };
}
