// Every check and test of the project, one after another; goes on after a failure so that one run tells all.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, cpus, freemem, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { provideEngine } from './provide-engine.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'watchtower-test-'));
const counts = { passed: 0, failed: 0, skipped: 0 };
const notes = [];
const failures = [];
const before = resources();

installSystemPackages();
step('check', ['npm', 'run', 'check']);
const engine = await provideEngine();
const noStack = engine.whyNot ?? prepareStack();
unitTests();
endToEnd('browser', findOnPath('chromium') || process.env.CHROMIUM_PATH ? undefined : 'Chromium is not installed');
endToEnd('snippets');
const noDesktop = whyNoDesktop();
const screen = process.env.DISPLAY || noDesktop ? [] : ['xvfb-run', '-a'];
if (!noDesktop) pack();
endToEnd('runs', 'a real program with twelve faults, run 20 times: `npm run test:faults` does it in four minutes');
endToEnd('desktop', noDesktop, screen);
// By itself: containers that come and go change the machine's network, for which Chromium drops whatever it loads.
endToEnd('stack', noStack, screen);
await engine.stop?.();
rmSync(scratch, { recursive: true, force: true });

console.log(`\n${before}\n${resources()}`);
console.log('\nSkipped, and why:');
console.log(notes.length > 0 ? notes.map((note) => `- ${note}`).join('\n') : '- nothing');
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `- ${name}`).join('\n')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);

/** Programs that the tests drive but do not ship: browsers, the real Prometheus, Python for its SDK, Docker, a desktop. */
function installSystemPackages() {
  const wanted = [
    [['chromium'], findOnPath('chromium')],
    [['prometheus'], findOnPath('prometheus')],
    [['python3-venv'], findOnPath('python3')],
    [['docker.io'], findOnPath('dockerd')],
    [['busybox-static'], findOnPath('busybox')],
    ...(process.platform === 'linux' ? desktopPackages() : []),
  ].filter(([, isHere]) => !isHere);
  if (wanted.length === 0) return;
  const names = wanted.flatMap(([packages]) => packages);
  if (process.getuid?.() !== 0 || !findOnPath('apt-get')) {
    notes.push(`what needs ${names.join(', ')}: not installed, and this user cannot install it`);
    return;
  }
  run(['apt-get', 'update', '-q']);
  // No service of a package is started: the tests start what they need, on ports of their own.
  run(['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names], {
    DEBIAN_FRONTEND: 'noninteractive',
    RUNLEVEL: '1',
  });
}

/** A screen and a session bus for the desktop app, and the library through which it shows notifications. */
function desktopPackages() {
  return [
    [['xvfb', 'xauth'], process.env.DISPLAY || findOnPath('xvfb-run')],
    [['dbus-daemon'], findOnPath('dbus-daemon')],
    // The system's Python, whose libraries another one on the path may not have.
    [['python3-gi'], spawnSync('/usr/bin/python3', ['-c', 'import gi']).status === 0],
    [['libnotify4'], spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout?.includes('libnotify.so.4')],
  ];
}

/**
 * Makes the stand-in images and lets every test use them; where real ones can be pulled, WATCHTOWER_TEST_IMAGES=real
 * runs the same tests on those. Says why the stack cannot be tested, if so.
 */
function prepareStack() {
  Object.assign(process.env, engine.env);
  if (process.env.WATCHTOWER_TEST_IMAGES === 'real') return undefined;
  if (process.platform !== 'linux') return 'stand-in images are made on Linux; set WATCHTOWER_TEST_IMAGES=real to pull';
  if (!step('stand-in images', ['npx', 'tsx', 'build/test-images.mts'])) return 'the stand-in images could not be made';
  for (const service of ['alloy', 'tempo', 'loki', 'prometheus', 'grafana'])
    process.env[`WATCHTOWER_IMAGE_${service.toUpperCase()}`] = `watchtower-test/${service}:latest`;
  return undefined;
}

function unitTests() {
  const report = join(scratch, 'unit.json');
  step('unit tests', ['npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    counted: () => {
      const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, testResults } = readReport(report);
      // A suite that did not even load has no test to count.
      const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
      for (const suite of testResults) {
        for (const test of suite.assertionResults.filter(({ status }) => status === 'skipped' || status === 'pending'))
          notes.push(`unit: ${test.fullName}`);
        for (const test of suite.assertionResults.filter(({ status }) => status === 'failed'))
          failures.push(`unit: ${relative('.', suite.name)}: ${test.fullName}${reason(test.failureMessages[0])}`);
        if (suite.status === 'failed' && suite.assertionResults.length === 0)
          failures.push(`unit: ${relative('.', suite.name)} did not load${reason(suite.message)}`);
      }
      return { passed: numPassedTests, failed, skipped: numPendingTests };
    },
  });
}

function endToEnd(project, whyNot, prefix = []) {
  if (whyNot) {
    notes.push(`end-to-end project ${project}: ${whyNot}`);
    counts.skipped += 1;
    return;
  }
  const report = join(scratch, `${project}.json`);
  // A project clears its folder of results as it begins.
  const results = `--output=${join('test-results', project)}`;
  step(
    `end to end: ${project}`,
    [...prefix, 'npx', 'playwright', 'test', `--project=${project}`, '--reporter=list,json', results],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      counted: () => {
        const { stats, errors, suites } = readReport(report);
        failures.push(...unexpected(suites).map((name) => `${project}: ${name}`));
        const result = { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
        if (result.failed === 0 && errors.length > 0) result.failed = 1;
        if (stats.skipped > 0) notes.push(`${stats.skipped} of project ${project}: see its lines above`);
        return result;
      },
    },
  );
}

/** The tests of Playwright's report that failed, as `file: title`. */
function unexpected(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => `${file}: ${title}${reason(tests[0]?.results.at(-1)?.error?.message)}`),
    ...unexpected(inner),
  ]);
}

/** The first line of an error, without the colours of a terminal. */
function reason(message) {
  const [first] = stripVTControlCharacters(message ?? '').split('\n');
  return first ? ` (${first.slice(0, 160)})` : '';
}

/** What a failure may come from that has nothing to do with the test. */
function resources() {
  const gib = (bytes) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const { bavail, bsize } = statfsSync(tmpdir());
  const time = new Date().toISOString().slice(11, 19);
  return `${time}: ${availableParallelism()} cores, ${gib(freemem())} of memory and ${gib(bavail * bsize)} of ${tmpdir()} free`;
}

/** The app as it is installed, for the tests that start it from there. */
function pack() {
  if (process.platform !== 'linux') return;
  process.env.WATCHTOWER_DIST = 'out/dist';
  const env = { ELECTRON_OVERRIDE_DIST_PATH: electronFolder() };
  step('package', ['node', 'build/dist.mjs', '--unpacked'], { env });
}

function electronFolder() {
  return process.env.ELECTRON_OVERRIDE_DIST_PATH ?? 'node_modules/electron/dist';
}

function whyNoDesktop() {
  const electron = electronFolder();
  if (!existsSync(electron))
    return "Electron's binary is not here (set ELECTRON_OVERRIDE_DIST_PATH to a folder that has one)";
  if (process.platform === 'linux' && !process.env.DISPLAY && !findOnPath('xvfb-run'))
    return 'there is neither a display nor xvfb-run';
  return undefined;
}

/** Runs one command of the gate and counts what came of it. */
function step(title, command, { env = {}, counted } = {}) {
  console.log(`\n=== ${title}`);
  const started = Date.now();
  const before = processorTimes();
  const ok = run(command, env);
  if (!ok && !counted) failures.push(title);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`=== ${title}: ${ok ? 'ok' : 'FAILED'} (${seconds} s, the cores ${busyShare(before)} % busy)`);
  let result = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (counted) {
    try {
      result = counted();
    } catch (error) {
      console.error(`The report of ${title} could not be read: ${error.message}`);
    }
    if (!ok && result.failed === 0) result.failed = 1;
  }
  for (const key of Object.keys(counts)) counts[key] += result[key];
  return ok;
}

/** How the machine's processors spent their time until now, in milliseconds. */
function processorTimes() {
  const times = cpus().map((core) => core.times);
  const sum = (pick) => times.reduce((total, time) => total + pick(time), 0);
  return { busy: sum(({ user, nice, sys, irq }) => user + nice + sys + irq), idle: sum(({ idle }) => idle) };
}

/** Percent of the time since then; the whole machine's, whoever worked. */
function busyShare(since) {
  const now = processorTimes();
  const busy = now.busy - since.busy;
  return Math.round((100 * busy) / Math.max(1, busy + now.idle - since.idle));
}

function run([command, ...args], env = {}) {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

function readReport(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function findOnPath(command) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command)));
}
