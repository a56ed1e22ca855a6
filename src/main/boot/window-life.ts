import type { BrowserWindow } from 'electron';
import { focusWindow, showPath } from '../window/panel-window';

export interface WindowLifePorts {
  /** A new window; it shows itself. */
  create(path: string): BrowserWindow;
  /** True once the app ends: nothing holds a window any more. */
  leaving(): boolean;
  /** Whether the app goes on without a window, and can be found again. */
  staysWithout(): Promise<boolean>;
  /** Writes down what the next window takes over, before this one is destroyed. */
  keep(window: BrowserWindow): void;
  /** The window is gone and the app is not. */
  onHidden(): void;
  quit(): void;
}

/** The one window of the app: made when first wanted, hidden rather than closed, so that it is back at once. */
export class WindowLife {
  private window: BrowserWindow | null = null;

  constructor(private readonly ports: WindowLifePorts) {}

  /** Opens the window or brings it to the front; with a path it shows that page. */
  show(path?: string): void {
    if (!this.window) {
      this.open(path ?? '/');
      return;
    }
    focusWindow(this.window);
    if (path !== undefined) showPath(this.window, path);
  }

  /** Opens the window as an icon, where there is no tray to begin in. */
  showMinimized(): void {
    if (this.window) return;
    const window = this.open('/');
    window.once('show', () => window.minimize());
  }

  destroy(): void {
    if (this.window) this.ports.keep(this.window);
    this.window?.destroy();
  }

  private open(path: string): BrowserWindow {
    const window = this.ports.create(path);
    this.window = window;
    window.on('close', (event) => {
      if (this.ports.leaving()) return;
      event.preventDefault();
      void this.close(window);
    });
    window.once('closed', () => {
      this.window = null;
    });
    return window;
  }

  private async close(window: BrowserWindow): Promise<void> {
    if (!(await this.ports.staysWithout())) {
      this.ports.quit();
    } else if (!window.isDestroyed()) {
      hide(window);
      this.ports.onHidden();
    }
  }
}

/** A window that hides in macOS' full screen leaves a black space behind. */
function hide(window: BrowserWindow): void {
  if (process.platform === 'darwin' && window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  } else {
    window.hide();
  }
}
