// Makes this system's installers in dist/, and says which could not be made: `make dist`. With --unpacked the app alone, as
// the tests do, in the folder that WATCHTOWER_DIST names.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = process.env.WATCHTOWER_DIST ?? 'dist';
const installers = /\.(AppImage|deb|rpm|dmg|zip|exe)$/;
// Everything that carries a time carries the commit's.
const commit = spawnSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' }).stdout?.trim();
process.env.SOURCE_DATE_EPOCH ??= commit || '0';
if (spawnSync('fpm', ['--version']).status === 0) process.env.USE_SYSTEM_FPM ??= 'true';

rmSync(dist, { recursive: true, force: true });
if (process.argv.includes('--unpacked')) process.exit(build(['--dir']).ok && check() ? 0 : 1);
const missing = process.platform === 'linux' ? makeLinux() : makeAtOnce();
const made = readdirSync(dist).filter((file) => installers.test(file));
const sums = made.map(
  (file) =>
    `${createHash('sha256')
      .update(readFileSync(join(dist, file)))
      .digest('hex')}  ${file}`,
);
writeFileSync(join(dist, 'SHA256SUMS'), sums.map((line) => `${line}\n`).join(''));
console.log(`\nMade in ${dist}/: ${made.join(', ') || 'the unpacked app alone'}`);
for (const { target, why } of missing) console.error(`Not made: ${target}: ${why}`);
// A release is whole or it is none; on a machine of one's own what could be made is of use.
process.exit(missing.length > 0 && process.env.CI ? 1 : 0);

/** What could not be made together is made alone, so that one that fails costs only itself. */
function makeLinux() {
  const targets = ['AppImage', 'deb', 'rpm'];
  if (!build(['--linux', 'dir']).ok || !check()) process.exit(1);
  const prepackaged = ['--prepackaged', join(dist, 'linux-unpacked')];
  if (build(['--linux', ...targets, ...prepackaged]).ok) return [];
  return targets
    .filter((target) => !readdirSync(dist).some((file) => file.endsWith(`.${target}`)))
    .map((target) => ({ target, ...build(['--linux', target, ...prepackaged]) }))
    .filter(({ ok }) => !ok);
}

function makeAtOnce() {
  if (!build([]).ok || !check()) process.exit(1);
  return [];
}

function build(args) {
  const command = ['electron-builder', '--config', 'build/electron-builder.config.mjs', '--publish', 'never', ...args];
  const { status, stdout, stderr } = spawnSync('npx', command, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const why =
    /⨯ (.*)/.exec(stdout + stderr)?.[1].replace(/ +failedTask=.*/, '') ?? `electron-builder ended with ${status}`;
  return { ok: status === 0, why };
}

function check() {
  return spawnSync(process.execPath, ['build/check-package.mjs', dist], { stdio: 'inherit' }).status === 0;
}
