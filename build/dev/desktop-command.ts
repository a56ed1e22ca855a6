import { join } from 'node:path';
import type { DevOptions } from './dev-options';

/**
 * The app on its own home and ports, with electron-vite's development server behind its window: the panel is replaced while
 * it is shown, and a change of the main process or the preload starts the app anew.
 */
export function desktopCommand(root: string, electron: string, { home, ports }: DevOptions) {
  const switches = {
    '--otlp-grpc-port': ports.otlpGrpc,
    '--otlp-http-port': ports.otlpHttp,
    '--tempo-port': ports.tempo,
    '--loki-port': ports.loki,
    '--prometheus-port': ports.prometheus,
  };
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // Chromium has no sandbox for root.
  const sandbox = process.getuid?.() === 0 ? ['--noSandbox'] : [];
  return {
    command: process.execPath,
    args: [
      ...[vite, 'dev', '--watch', '--sourcemap', ...sandbox, '--'],
      ...Object.entries(switches).map(([name, port]) => `${name}=${port}`),
    ],
    env: {
      ...process.env,
      WATCHTOWER_HOME: home,
      WATCHTOWER_PROJECT: 'watchtower-dev',
      WATCHTOWER_DEV_PORT: String(ports.panel),
      // electron-vite knows of no other place than the package's own.
      ELECTRON_EXEC_PATH: electron,
    },
  };
}
