// How the installers are made: `make dist`. What comes from outside is told by the environment, see docs/releasing.md.
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import afterPack from './after-pack.mjs';

const {
  GITHUB_REPOSITORY,
  ELECTRON_OVERRIDE_DIST_PATH,
  APPLE_TEAM_ID,
  APPLE_API_KEY,
  WATCHTOWER_DIST = 'dist',
} = process.env;

const notarize = Boolean(APPLE_TEAM_ID ?? APPLE_API_KEY);
if (process.platform === 'darwin' && !notarize)
  console.error('No APPLE_API_KEY or APPLE_TEAM_ID: the app is not notarised.');

/** `watchtower` for a terminal; Windows and the others each have their own. */
const launcher = (file) => ({ from: `build/bin/${file}`, to: `bin/${file}` });

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'dev.watchtower.desktop',
  productName: 'Watchtower',
  copyright: 'The Watchtower authors, MIT License',
  directories: { output: WATCHTOWER_DIST, buildResources: 'build' },
  ...electronFrom(ELECTRON_OVERRIDE_DIST_PATH),
  // No native module is compiled: DuckDB's come built, for Node-API.
  npmRebuild: false,
  nodeGypRebuild: false,
  extraMetadata: {
    // Both kinds of Linux packages want one; `.invalid` is reserved for a name that leads nowhere.
    homepage: GITHUB_REPOSITORY ? `https://github.com/${GITHUB_REPOSITORY}` : 'https://watchtower.invalid',
    desktopName: 'watchtower-desktop.desktop',
  },
  files: [
    'package.json',
    'out/{main,node,preload,renderer}/**',
    'resources/{stack,tray}/**',
    'resources/tray/**',
    '!**/*.{map,ts,mts,cts,tsx,md,markdown}',
    '!**/node_modules/**/{test,tests,__tests__}/**',
  ],
  asar: { smartUnpack: false },
  asarUnpack: ['node_modules/@duckdb/node-bindings-*/**'],
  electronLanguages: ['en', 'en-US'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  protocols: [{ name: 'Watchtower', schemes: ['watchtower'] }],
  afterPack,
  // The static runtime asks for no FUSE 2, which current systems lack, and starts the app in its sandbox.
  toolsets: { appimage: '1.0.3' },
  // Where updates are looked for goes into the app; a build of nowhere has no updates.
  publish: GITHUB_REPOSITORY ? [publishTo(GITHUB_REPOSITORY)] : null,
  mac: {
    category: 'public.app-category.developer-tools',
    icon: 'build/icons/app/icon.icns',
    target: [
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] },
    ],
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    notarize,
    // Both halves carry the libraries of both processors, so that they differ in nothing but Electron.
    x64ArchFiles: '**/node_modules/@duckdb/node-bindings-darwin-*/**',
    extraResources: [launcher('watchtower')],
  },
  win: {
    icon: 'build/icons/app/icon.ico',
    target: [{ target: 'nsis', arch: ['x64'] }],
    extraResources: [launcher('watchtower.cmd')],
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    deleteAppDataOnUninstall: false,
    include: 'build/installer.nsh',
  },
  linux: {
    icon: 'build/icons/app',
    // `watchtower` is the command, see build/bin.
    executableName: 'watchtower-desktop',
    category: 'Development',
    syncDesktopName: true,
    synopsis: 'Local observability for people who build software with coding agents',
    description:
      'Keeps the traces, logs and metrics that your apps send over OpenTelemetry, shows them live, and answers the query APIs of Tempo, Loki and Prometheus, on your own machine.',
    maintainer: 'The Watchtower authors <watchtower@localhost>',
    target: [{ target: 'AppImage' }, { target: 'deb' }, { target: 'rpm' }],
    extraResources: [launcher('watchtower')],
  },
  deb: { fpm: ['build/bin/watchtower=/usr/bin/watchtower'] },
  rpm: { fpm: ['build/bin/watchtower=/usr/bin/watchtower'] },
};

/** Electron from a folder that has one, where it cannot be downloaded. */
function electronFrom(folder) {
  // What is packed already needs no other Electron.
  if (!folder || process.argv.includes('--prepackaged')) return {};
  const file = join(folder, 'version');
  if (!existsSync(file)) throw new Error(`${folder} has no Electron.`);
  // Its launcher is no part of a packaged app; electron-builder cannot take away one that is a folder.
  const launcher = join(folder, 'resources', 'default_app.asar');
  const electronDist = resolve(WATCHTOWER_DIST, 'electron');
  rmSync(electronDist, { recursive: true, force: true });
  cpSync(folder, electronDist, { recursive: true, filter: (path) => path !== launcher });
  return { electronDist, electronVersion: readFileSync(file, 'utf8').trim().replace(/^v/, '') };
}

function publishTo(repository) {
  const [owner, repo] = repository.split('/');
  return { provider: 'github', owner, repo };
}
