/** Pages served on this machine; browsers keep any other from sending telemetry here. */
export const browserOrigins = ['http://localhost', 'http://localhost:*', 'https://localhost:*', 'http://127.0.0.1:*'];
