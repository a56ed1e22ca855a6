import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { stackFolder } from '../../src/core/backends/kubernetes/cluster/test-paths';
import { thisMachine } from '../../src/core/backends/kubernetes/tools/machine';
import { runTool } from '../../src/core/backends/kubernetes/tools/run-tool';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';
import { byMake } from '../../src/core/backends/kubernetes/tools/ways';
import { render } from './render';

/** A folder of unpacked charts, and one with a real Helm. */
const { WATCHTOWER_CHARTS, WATCHTOWER_KUBE_TOOLS: toolFolder } = process.env;
export const chartFolder = WATCHTOWER_CHARTS;
export const canRender = Boolean(chartFolder && toolFolder && existsSync(join(toolFolder, 'helm')));

/** To be said of tests that need both. */
export const whyNotRendered = canRender
  ? ''
  : ' (not rendered: WATCHTOWER_CHARTS and WATCHTOWER_KUBE_TOOLS name no charts and no helm)';

export interface Manifest {
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: unknown;
  data?: Record<string, string>;
}

/** With the real Helm first on the path; the path that was before. */
export function putToolsOnPath(): string | undefined {
  const { PATH: before } = process.env;
  if (canRender) process.env.PATH = `${toolFolder}${delimiter}${before}`;
  return before;
}

/** What a real Helm makes of the values of a folder below `resources/stack/helm`, and what is put beside it. */
export async function renderObjects(profile: string): Promise<Manifest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-rendered-'));
  try {
    const problem = await render(session({ VALUES: profile }), folder);
    if (problem) throw new Error(problem.message);
    return readdirSync(folder).flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8'))
        .map((document) => document.toJS() as Manifest)
        .filter(Boolean),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function session(env: Session['env']): Session {
  return {
    context: 'kind-watchtower',
    stackFolder,
    run: runTool,
    say: () => undefined,
    ask: async () => false,
    wait: async () => undefined,
    env: { WATCHTOWER_CHARTS: chartFolder, ...env },
    platform: process.platform,
    machine: thisMachine,
    ways: byMake,
    signal: new AbortController().signal,
  };
}
