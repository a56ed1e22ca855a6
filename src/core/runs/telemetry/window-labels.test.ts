import { afterEach, describe, expect, it } from 'vitest';
import { PrometheusClient } from '../../telemetry/prometheus-client';
import { openScriptedBackend, type ScriptedBackend } from '../../telemetry/request/scripted-backend';
import { readLabelFindings } from './read-label-findings';
import { WindowLabels } from './window-labels';

const series = Array.from({ length: 20 }, (_, index) => ({
  ...{ __name__: 'orders_total', service_name: 'shop', customer: `${1000 + index}` },
}));
const window = (from: number) => ({ from, to: from + 900_000 });
let backend: ScriptedBackend | undefined;
afterEach(() => backend?.close());

async function openPrometheus(status = 200): Promise<PrometheusClient> {
  const opened = await openScriptedBackend({ '/api/v1/series': [status, { status: 'success', data: series }] });
  backend = opened;
  return new PrometheusClient(() => ({ base: opened.base }));
}

describe('what labels of metrics show', () => {
  it('is asked for with the run, and without what is derived from spans', async () => {
    const { findings, leftOut } = await readLabelFindings(await openPrometheus(), 'abcdefgh', window(0));
    expect(findings).toMatchObject([{ rule: 'many-names', service: 'shop' }]);
    expect(leftOut).toEqual([]);
    const match = backend!.asked[0]!.parameters.get('match[]');
    expect(match).toContain('watchtower_run_id="abcdefgh"');
    expect(match).toContain('traces_(spanmetrics|service_graph)_.+');
  });

  it('is asked for once a minute where a window goes on, and anew for another', async () => {
    let now = 0;
    const labels = new WindowLabels(await openPrometheus(), () => now);
    const first = await labels.of(window(0));
    now = 59_000;
    expect(await labels.of(window(59_000))).toBe(first);
    expect(backend!.asked).toHaveLength(1);
    now = 61_000;
    await labels.of(window(61_000));
    expect(backend!.asked).toHaveLength(2);
    await labels.of({ from: 62_000, to: 63_000 });
    expect(backend!.asked).toHaveLength(3);
  });

  it('is left out, and asked for again, where the backend refuses', async () => {
    const labels = new WindowLabels(await openPrometheus(500), () => 0);
    for (const asked of [1, 2]) {
      const { findings, leftOut } = await labels.of(window(0));
      expect(findings).toEqual([]);
      expect(leftOut).toEqual([expect.stringContaining('Labels of metrics could not be asked for')]);
      expect(backend!.asked.length).toBeGreaterThanOrEqual(asked);
    }
  });
});
