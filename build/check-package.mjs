// Looks into a packed app: what its archive holds and which fuses are burnt. `node build/check-package.mjs [dist]`
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fuses } from './fuses.mjs';

const dist = process.argv[2] ?? 'dist';
const apps = findApps();
if (apps.length === 0) fail([`${dist} holds no packed app: make dist`]);
for (const app of apps) {
  const faults = [...checkArchive(app), ...(await checkFuses(app))];
  if (faults.length > 0) fail(faults.map((fault) => `${app.binary}: ${fault}`));
  console.log(`${app.binary}: its archive and its fuses are as listed.`);
}

function findApps() {
  const places = [
    ['linux-unpacked', 'watchtower-desktop', 'resources'],
    ['linux-arm64-unpacked', 'watchtower-desktop', 'resources'],
    ['win-unpacked', 'Watchtower.exe', 'resources'],
    ['mac-universal', 'Watchtower.app', 'Watchtower.app/Contents/Resources'],
  ];
  return places
    .filter(([folder]) => existsSync(join(dist, folder)))
    .map(([folder, binary, resources]) => ({
      binary: join(dist, folder, binary),
      resources: join(dist, folder, resources),
    }));
}

function checkArchive({ resources }) {
  const archive = join(resources, 'app.asar');
  const paths = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
  const packages = productionPackages();
  const faults = [];
  for (const path of paths) {
    if (!isListed(path, packages)) faults.push(`${path} is not of what is packed`);
    else if (/\.(map|tsx?|[cm]ts)$|\.(test|spec|bench)\.|(^|\/)(tests?|__tests__)\//.test(path))
      faults.push(`${path} is for development`);
    else if (/\.[cm]?js$/.test(path) && extractFile(archive, path).includes('sourceMappingURL=data:'))
      faults.push(`${path} carries a source map`);
  }
  for (const needed of ['out/node/start.mjs', 'out/main/index.js', 'out/preload/index.js', 'out/renderer/index.html'])
    if (!paths.includes(needed)) faults.push(`${needed} is missing`);
  if (!paths.some((path) => path.endsWith('/duckdb.node'))) faults.push("DuckDB's library is missing");
  // Libraries are opened by the system, which knows nothing of archives.
  for (const path of paths.filter((each) => /\.(node|so|dylib|dll)$/.test(each)))
    if (!existsSync(join(`${archive}.unpacked`, path))) faults.push(`${path} is not unpacked`);
  return faults;
}

/** Default deny: a folder is listed where one of the wanted lies in it. */
function isListed(path, packages) {
  const wanted = ['package.json', 'out/main', 'out/node', 'out/preload', 'out/renderer', 'resources/stack'];
  return [...wanted, 'resources/tray', ...packages].some(
    (each) => path === each || path.startsWith(`${each}/`) || each.startsWith(`${path}/`),
  );
}

function productionPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path && !dev && !devOptional)
    .map(([path]) => path);
}

async function checkFuses({ binary }) {
  const wire = await getCurrentFuseWire(binary);
  return Object.entries(fuses)
    .filter(([name, on]) => wire[FuseV1Options[name]] !== (on ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([name, on]) => `the fuse ${name} is not ${on ? 'on' : 'off'}`);
}

function fail(faults) {
  for (const fault of faults) console.error(fault);
  process.exit(1);
}
