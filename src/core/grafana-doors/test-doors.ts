import { fileURLToPath } from 'node:url';
import { openScriptedBackend } from '../telemetry/request/scripted-backend';
import { CallBook } from './call-book';
import { createDoorsApp } from './create-doors-app';
import { readDatasources } from './datasources';
import { createDoorsAccess } from './doors-access';

const provisioned = fileURLToPath(
  new URL('../../../resources/stack/grafana/provisioning/datasources/watchtower.yaml', import.meta.url),
);

/** 2026-03-01T12:00:00Z. */
export const testNow = 1_772_366_400_000;

interface QueryAnswer {
  results: Record<string, { status: number; error?: string; frames: AnsweredFrame[] }>;
}

interface AnsweredFrame {
  schema: { name?: string; refId: string; meta: object; fields: { name: string; config?: object }[] };
  data: { values: unknown[][]; nanos?: unknown };
}

/** The routes in front of one scripted API that stands for all three. */
export async function openTestDoors(answers: Parameters<typeof openScriptedBackend>[0] = {}) {
  const api = await openScriptedBackend(answers);
  const access = createDoorsAccess('a key of a home');
  const calls = new CallBook(() => {});
  const faults: unknown[] = [];
  const app = createDoorsApp({
    access,
    calls,
    sources: await readDatasources(provisioned),
    version: '1.2.3',
    url: () => 'http://127.0.0.1:3000',
    panelUrl: () => 'http://127.0.0.1:4320',
    endpoint: () => ({ base: api.base }),
    addressOf: () => api.base,
    mcp: async (request) => new Response(`mcp ${request.method} ${await request.text()}`),
    now: () => testNow,
    onFault: (error) => faults.push(error),
  });
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { host: '127.0.0.1:3000', authorization: `Bearer ${access.token}`, ...init.headers };
    return app.request(`http://127.0.0.1:3000${path}`, { ...init, headers });
  };
  return {
    api,
    calls,
    faults,
    token: access.token,
    ask,
    /** Queries of one data source, as `/api/ds/query` takes them. */
    async query(uid: string, queries: readonly object[], range = { from: 'now-10m', to: 'now' }) {
      const body = JSON.stringify({ ...range, queries: queries.map((each) => ({ datasource: { uid }, ...each })) });
      const answer = await ask('/api/ds/query', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      return { status: answer.status, body: (await answer.json()) as QueryAnswer };
    },
    close: () => api.close(),
  };
}

export type TestDoors = Awaited<ReturnType<typeof openTestDoors>>;
