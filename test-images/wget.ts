// `wget -q --spider URL`, as a health check uses it.
const url = process.argv.at(-1) ?? '';
const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
process.exit(answer?.ok ? 0 : 1);

export {};
