/**
 * Service and metric of the probes by which a backend that is not the engine is asked whether everything has arrived. They are no
 * telemetry of a person's: neither shown nor forwarded.
 */
export const probeService = 'watchtower-probe';
export const probeMetric = 'watchtower_probe_milliseconds';
