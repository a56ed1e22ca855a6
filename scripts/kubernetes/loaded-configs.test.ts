import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRender, type Manifest, putToolsOnPath, renderObjects, whyNotRendered } from './test-rendered';
import { leaves } from './test-values';

/** A folder with `mimir`, `loki` and `tempo`, of the versions that the values name. */
const { WATCHTOWER_BACKENDS: backends } = process.env;
const has = (program: string) => Boolean(backends && existsSync(join(backends, program)));
const whyNot =
  has('mimir') || has('loki') || has('tempo')
    ? whyNotRendered
    : ' (not asked: WATCHTOWER_BACKENDS names no mimir, loki or tempo)';

let path: string | undefined;
let folder: string;
beforeAll(() => {
  path = putToolsOnPath();
  folder = mkdtempSync(join(tmpdir(), 'watchtower-configs-'));
});
afterAll(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!canRender).each(['values', 'values-production'])(
  `the real programs take the configurations of %s${whyNot}`,
  (profile) => {
    let objects: Manifest[];
    beforeAll(async () => {
      objects = await renderObjects(profile);
    }, 120_000);

    const write = (map: string, key: string) => {
      const file = join(folder, `${profile}-${map}-${key}`);
      writeFileSync(
        file,
        objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === map)!.data![key]!,
      );
      return file;
    };
    const ask = (program: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(join(backends!, program), args, {
        encoding: 'utf8',
        timeout: 60_000,
      });
      return { status, said: `${stdout}${stderr}`.trim().slice(-500) };
    };

    it.skipIf(!has('mimir'))("Mimir's, by each of its targets", { timeout: 300_000 }, () => {
      const file = write('mimir-config', 'mimir.yaml');
      const targets = objects
        .filter(({ metadata }) => metadata.name.startsWith('mimir'))
        .flatMap(({ spec }) => leaves(spec).flatMap(({ value }) => /^-target=(.+)$/.exec(String(value))?.[1] ?? []));
      expect(targets.length).toBeGreaterThan(6);
      for (const target of new Set(targets)) {
        // Reads and judges the whole configuration, prints its modules, starts nothing.
        const answer = ask('mimir', `-target=${target}`, `-config.file=${file}`, '-config.expand-env=true', '-modules');
        expect(answer, target).toMatchObject({ status: 0 });
      }
    });

    it.skipIf(!has('loki'))("Loki's", { timeout: 120_000 }, () => {
      const answer = ask(
        'loki',
        `-config.file=${write('loki', 'config.yaml')}`,
        '-config.expand-env=true',
        '-verify-config',
      );
      expect(answer).toMatchObject({ status: 0 });
    });

    it.skipIf(!has('tempo'))("Tempo's", { timeout: 120_000 }, () => {
      const map = objects.find(({ kind, data }) => kind === 'ConfigMap' && data?.['tempo.yaml'])!.metadata.name;
      const file = write(map, 'tempo.yaml');
      const answer = ask('tempo', `-config.file=${file}`, '-config.expand-env=true', '-config.verify=true');
      expect(answer).toMatchObject({ status: 0 });
      // A key that it does not know, to see that it looks.
      writeFileSync(file, 'storage: {trace: {backnd: local}}');
      expect(ask('tempo', `-config.file=${file}`, '-config.verify=true').status).not.toBe(0);
    });
  },
);
