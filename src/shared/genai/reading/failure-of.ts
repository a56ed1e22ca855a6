import type { Span } from '../../contract/telemetry';

/** Whether a span failed, and why: what it says, or what was thrown in it. */
export function failureOf({ status, events }: Pick<Span, 'status' | 'events'>): { failed: boolean; failure: string } {
  if (status.code !== 'error') return { failed: false, failure: '' };
  const thrown = events
    .find(({ name }) => name === 'exception')
    ?.attributes.find(({ key }) => key === 'exception.message');
  return { failed: true, failure: status.message || (typeof thrown?.value === 'string' ? thrown.value : '') };
}
