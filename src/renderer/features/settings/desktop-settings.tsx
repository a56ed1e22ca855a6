import type { Settings } from '../../../shared/contract/host';
import { Select } from '../../ui/controls/select';
import { Switch } from '../../ui/controls/switch';
import { Section } from '../../ui/layout/section';
import { SettingRow } from './setting-row';

type Desktop = Settings['desktop'];

interface DesktopSettingsProps {
  desktop: Desktop;
  pending: boolean;
  onChange: (desktop: Desktop) => void;
}

const onQuit = [
  { value: 'ask', label: 'Ask' },
  { value: 'stop', label: 'Stop it' },
  { value: 'leave', label: 'Leave it running' },
] as const;

const channels = [
  { value: 'latest', label: 'Released versions' },
  { value: 'beta', label: 'Beta versions as well' },
] as const;

/** How the app behaves on this machine: shown in its own window alone. */
export function DesktopSettings({ desktop, pending, onChange }: DesktopSettingsProps) {
  const set = (fields: Partial<Desktop>) => onChange({ ...desktop, ...fields });
  return (
    <Section title="Desktop">
      <SettingRow name="Start at login" note="Telemetry is received from the start of your session.">
        <Switch
          label="Start at login"
          checked={desktop.openAtLogin}
          disabled={pending}
          onChange={(openAtLogin) => set({ openAtLogin })}
        />
      </SettingRow>
      {desktop.openAtLogin && (
        <SettingRow name="Without a window" note="The start at login shows the icon in the tray alone.">
          <Switch
            label="Start at login without a window"
            checked={desktop.startHidden}
            disabled={pending}
            onChange={(startHidden) => set({ startHidden })}
          />
        </SettingRow>
      )}
      <SettingRow
        name="Go on without the window"
        note="Closing the window leaves Watchtower in the tray. Where the desktop shows no tray, closing it ends the app."
      >
        <Switch
          label="Go on without the window"
          checked={desktop.keepRunning}
          disabled={pending}
          onChange={(keepRunning) => set({ keepRunning })}
        />
      </SettingRow>
      <SettingRow
        name="Stack on quit"
        note="What becomes of containers or a cluster that run. Their data stays in any case."
      >
        <Select
          label="Stack on quit"
          value={desktop.onQuit}
          onChange={(choice) => set({ onQuit: choice })}
          options={onQuit}
        />
      </SettingRow>
      <SettingRow name="Updates" note="Looked for when you ask in the Help menu; nothing is fetched without your yes.">
        <Select
          label="Updates"
          value={desktop.updates ?? 'latest'}
          onChange={(updates) => set({ updates })}
          options={channels}
        />
      </SettingRow>
    </Section>
  );
}
