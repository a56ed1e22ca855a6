import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findSyntaxError } from './find-syntax-error';
import { readStackFile, stackFolder } from './read-stack-file';
import { stackCompose } from './stack-compose';

interface Query {
  datasource: { type: string; uid: string };
  expr?: string;
  query?: string;
  legendFormat?: string;
  queryType?: string;
}
interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { uid: string };
  targets?: Query[];
  fieldConfig?: { defaults: { unit?: string } };
}
interface Dashboard {
  id?: number;
  uid: string;
  schemaVersion: number;
  panels: Panel[];
  templating: { list: { name: string; datasource?: { uid: string } }[] };
}
interface DataSource {
  uid: string;
  type: string;
  url: string;
  jsonData: {
    tracesToLogsV2?: { datasourceUid: string; query: string };
    tracesToMetrics?: { datasourceUid: string; queries: { query: string }[] };
    serviceMap?: { datasourceUid: string };
    derivedFields?: { matcherType: string; datasourceUid: string }[];
    exemplarTraceIdDestinations?: { name: string; datasourceUid: string }[];
  };
}

const dashboardFolder = 'grafana/dashboards';
const dashboardFiles = readdirSync(join(stackFolder, dashboardFolder));
const dataSources: DataSource[] = parse(readStackFile('grafana/provisioning/datasources/watchtower.yaml')).datasources;
const dashboards = dashboardFiles.map(
  (file) => [file, JSON.parse(readStackFile(`${dashboardFolder}/${file}`)) as Dashboard] as const,
);
const panels = dashboards.flatMap(([file, { panels }]) => panels.map((panel) => [file, panel] as const));
const queries = panels.flatMap(([file, panel]) =>
  (panel.targets ?? []).map((query) => [`${file}: ${panel.title}`, query] as const),
);

describe('the data sources', () => {
  const byUid = Object.fromEntries(dataSources.map((source) => [source.uid, source]));
  const json = (uid: string) => byUid[uid]!.jsonData;

  it('point at services of the compose file, on ports those listen on', () => {
    for (const { url } of dataSources) {
      const { hostname, port } = new URL(url);
      expect(stackCompose.services[hostname]!.ports.some((published) => published.endsWith(`:${port}`))).toBe(true);
    }
  });

  it('are linked four ways: traces to logs, to metrics and map, logs to traces, exemplars to traces', () => {
    expect(json('tempo').tracesToLogsV2!.datasourceUid).toBe('loki');
    expect(json('tempo').tracesToMetrics!.datasourceUid).toBe('prometheus');
    expect(json('tempo').serviceMap!.datasourceUid).toBe('prometheus');
    expect(json('loki').derivedFields![0]).toMatchObject({ matcherType: 'label', datasourceUid: 'tempo' });
    expect(json('prometheus').exemplarTraceIdDestinations![0]).toMatchObject({ datasourceUid: 'tempo' });
    expect(Object.keys(byUid).sort()).toEqual(['loki', 'prometheus', 'tempo']);
  });

  it('name the trace id in exemplars as Tempo is told to write it', () => {
    const name = parse(readStackFile('tempo/tempo.yaml')).overrides.defaults.metrics_generator.trace_id_label_name;
    expect(json('prometheus').exemplarTraceIdDestinations![0]!.name).toBe(name);
  });

  it('write a dollar sign as Grafana wants it, and ask in the languages of the backends', () => {
    const { tracesToLogsV2, tracesToMetrics } = json('tempo');
    const asGrafanaReads = (text: string): string => {
      expect(text).not.toMatch(/(?<!\$)\$(?!\$)/);
      return text.replaceAll('$$', '$');
    };
    expect(findSyntaxError(logql, asGrafanaReads(tracesToLogsV2!.query))).toBeNull();
    for (const { query } of tracesToMetrics!.queries) expect(findSyntaxError(promql, asGrafanaReads(query))).toBeNull();
  });
});

describe('the dashboards', () => {
  it('hands every dashboard to Grafana, in the folder that its provider reads', () => {
    const provider = parse(readStackFile('grafana/provisioning/dashboards/watchtower.yaml')).providers[0];
    const targets = stackCompose.services.grafana!.configs.map(({ target }) => target);
    for (const file of dashboardFiles) expect(targets).toContain(`${provider.options.path}/${file}`);
    expect(targets).toContain(stackCompose.services.grafana!.environment!.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH);
  });

  it('have an id of their own that survives a new start, and none of a database', () => {
    expect(new Set(dashboards.map(([, { uid }]) => uid)).size).toBe(dashboards.length);
    for (const [file, dashboard] of dashboards) {
      expect(dashboard, file).not.toHaveProperty('id');
      expect(dashboard.schemaVersion, file).toBeGreaterThanOrEqual(41);
    }
  });

  it('ask only data sources that exist', () => {
    const uids = new Set(dataSources.map(({ uid }) => uid));
    for (const [title, { datasource }] of queries) expect(uids, title).toContain(datasource.uid);
    for (const [, { templating }] of dashboards) {
      for (const { datasource } of templating.list) if (datasource) expect(uids).toContain(datasource.uid);
    }
  });

  it('ask in PromQL, LogQL and TraceQL that parses', () => {
    const languages = { prometheus: promql, loki: logql, tempo: traceql };
    let checked = 0;
    for (const [title, query] of queries) {
      if (query.queryType === 'serviceMap') continue;
      const language = languages[query.datasource.type as keyof typeof languages];
      expect(findSyntaxError(language, (query.expr ?? query.query)!), title).toBeNull();
      checked++;
    }
    expect(checked).toBeGreaterThan(50);
  });

  it('use no variable that they do not define', () => {
    for (const [file, dashboard] of dashboards) {
      const known = new Set(dashboard.templating.list.map(({ name }) => name));
      for (const [, name] of JSON.stringify(dashboard.panels).matchAll(/\$([a-z]+)\b/g)) {
        expect(known, file).toContain(name);
      }
    }
  });

  it('give every figure a unit and every curve a name', () => {
    for (const [file, panel] of panels) {
      if (!['timeseries', 'stat'].includes(panel.type)) continue;
      const isState = panel.targets!.some(({ expr }) => expr?.includes('up{'));
      if (!isState) expect(panel.fieldConfig!.defaults.unit ?? 'none', `${file}: ${panel.title}`).not.toBe('');
      for (const target of panel.targets!) expect(target.legendFormat, `${file}: ${panel.title}`).toBeTruthy();
    }
  });

  it('place no panel over another', () => {
    for (const [file, { panels }] of dashboards) {
      const taken = new Set<string>();
      for (const { gridPos, title } of panels) {
        expect(gridPos.x + gridPos.w, `${file}: ${title}`).toBeLessThanOrEqual(24);
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
            expect(taken.has(`${x},${y}`), `${file}: ${title}`).toBe(false);
            taken.add(`${x},${y}`);
          }
        }
      }
    }
  });
});
