/** `-health` of Tempo and Loki: ends with 0 when the address answers 200. */
export async function probeReady(url: string): Promise<never> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  process.exit(answer?.ok ? 0 : 1);
}
