import type { ExternalSettings } from '../../../shared/contract/external';
import type { Problem } from '../../../shared/problem';
import type { SettingsStore } from '../../settings/settings-store';

/** Where settings of the external backend are kept. */
export interface ExternalSettingsPlace {
  current(): ExternalSettings | undefined;
  /** The Problem says why the old ones stay. */
  write(settings: ExternalSettings): Promise<Problem | null>;
}

/** In the settings of the home. */
export function externalSettings(store: SettingsStore): ExternalSettingsPlace {
  return {
    current: () => store.current().external,
    async write(external) {
      const outcome = await store.update({ external });
      return 'problem' in outcome ? outcome.problem : null;
    },
  };
}
