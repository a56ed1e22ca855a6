/** Of `assert`, where its command line says nothing else; durations in milliseconds. */
export const usualAssertOptions = { since: 600_000, timeout: 30_000, appHost: '127.0.0.1', appPort: 8080 } as const;
