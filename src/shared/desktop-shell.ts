/** What the desktop app puts into its window as `watchtowerShell`; absent in a browser. */
export interface DesktopShell {
  readonly desktop: true;
  /** As Node names it: `darwin`, `win32`, `linux`. */
  readonly platform: string;
  /** Asks for a port to the host. It comes as a message of the window, of the kind `port`; without a port when no host answers. */
  connect(): void;
}

/** The only messages between the window and Electron's main process. Everything else goes over the port. */
export const shellChannels = {
  /** From the page: asks for a port. */
  connect: 'watchtower:connect',
  /** To the page: the port. */
  port: 'watchtower:port',
  /** To the page: a path of the panel to show. */
  show: 'watchtower:show',
} as const;

/** What the preload posts to the page. */
export type ShellMessage =
  | { readonly channel: typeof shellChannels.port }
  | { readonly channel: typeof shellChannels.show; readonly path: string };
