import { openTestStore, type TestStore } from '../store/open-test-store';
import type { Signal } from '../wire/signal';
import { createExportApi } from './create-export-api';

/** The lines that a store's export answers, parsed. */
export async function exportLines(store: TestStore, signal: Signal, query = ''): Promise<Record<string, never[]>[]> {
  const answer = await createExportApi(store.reader).app.request(`/watchtower/export?signal=${signal}${query}`);
  if (answer.status !== 200) throw new Error(await answer.text());
  const text = await answer.text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Another store with what this one exports. */
export async function importElsewhere(store: TestStore, ...signals: Signal[]): Promise<TestStore> {
  const other = await openTestStore();
  for (const signal of signals)
    for (const line of await exportLines(store, signal)) await other.ingestJson(signal, line);
  return other;
}
