import { spawn } from 'node:child_process';

/**
 * Opens an address in the user's browser; false where there is none, or its opener cannot be started. The address becomes
 * an argument, which other programs may read.
 */
export function openInBrowser(address: string): Promise<boolean> {
  // Without a display xdg-open would start a browser in the terminal.
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return Promise.resolve(false);
  const [command, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
        : ['xdg-open', [address]];
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => resolve(true));
    child.unref();
  });
}
