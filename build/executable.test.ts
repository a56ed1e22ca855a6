import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { executable } from './executable.mts';

it.skipIf(process.platform === 'win32')('keeps a linked command running after it was built again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wt-executable-'));
  try {
    writeFileSync(join(folder, 'main.ts'), '#!/usr/bin/env node\nconsole.log("hello " + process.argv[2]);\n');
    const link = join(folder, 'command');
    symlinkSync(join(folder, 'out', 'command.mjs'), link);
    for (const round of ['one', 'two']) {
      await build({
        root: folder,
        configFile: false,
        logLevel: 'silent',
        plugins: [executable('command.mjs', 'of-another-build.mjs')],
        build: {
          ssr: true,
          outDir: 'out',
          emptyOutDir: true,
          rollupOptions: { input: { command: join(folder, 'main.ts') }, output: { entryFileNames: '[name].mjs' } },
        },
      });
      expect(execFileSync(link, [round], { encoding: 'utf8' })).toBe(`hello ${round}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
