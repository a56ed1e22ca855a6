import type { SwitchableBackend } from '../../shared/contract/host';
import type { Shell } from '../../shared/contract/snippets';

/** What an item of the tray or the menu bar does. */
export type Command =
  | { do: 'start' }
  | { do: 'stop' }
  | { do: 'restart' }
  /** Becomes the host after the one of another process ended. */
  | { do: 'take-over' }
  | { do: 'switch'; backend: SwitchableBackend }
  | { do: 'toggle'; id: string; name: string; enabled: boolean }
  | { do: 'copy-env'; shell: Shell; title: string }
  | { do: 'copy-text'; text: string; what: string }
  /** `path` within the panel; without one it is shown as it stands. */
  | { do: 'open-panel'; path?: string }
  | { do: 'open-outside'; url: string }
  | { do: 'save-diagnostics' }
  | { do: 'about' }
  | { do: 'check-updates' }
  | { do: 'quit' };
