/** What one OTLP request carries; also the last segment of its HTTP path (`/v1/traces`). */
export type Signal = 'traces' | 'logs' | 'metrics';

export const SIGNALS: readonly Signal[] = ['traces', 'logs', 'metrics'];
