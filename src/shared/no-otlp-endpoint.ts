import type { Problem } from './problem';

/** Of a backend of which no address for apps is known. */
export const noOtlpEndpoint: Problem = {
  kind: 'no-otlp-endpoint',
  message: 'This backend only answers queries: no OTLP endpoint of it is known, so there is nothing to send to.',
  hint: 'Ask who runs it where apps send to, and give it: in the settings of the external backend, or `watchtower backend external --otlp-http URL`.',
};
