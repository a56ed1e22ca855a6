import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SwitchableBackend } from '../../../../shared/contract/host';
import { orpc } from '../../../client/contract-client';
import { Button } from '../../../ui/controls/button';
import type { BackendSettings } from '../choice/backend-choice';
import { ExternalDialog } from './external-dialog';
import { ExternalLine } from './external-line';

interface ExternalOptions {
  /** The backend to which a switch is asked for. */
  asked: SwitchableBackend | undefined;
  editing: boolean;
  setUp: () => void;
  edit: () => void;
  close: (saved: boolean) => void;
}

interface External {
  settings: Partial<Record<SwitchableBackend, BackendSettings>>;
  /** It was asked for, and has to be set up before. */
  isSettingUp: boolean;
  dialog: ReactNode;
}

/** The settings of the external backend: on its card, and in a dialog. */
export function useExternal({ asked, editing, setUp, edit, close }: ExternalOptions): External {
  const known = useQuery(
    orpc.backend.external.queryOptions({ enabled: SwitchableBackend.safeParse('external').success }),
  );
  const status = known.data;
  if (!status) return { settings: {}, isSettingUp: false, dialog: null };
  const isSettingUp = asked === 'external' && status.settings === null;
  return {
    settings: {
      external: {
        line: <ExternalLine status={status} onEdit={edit} />,
        first: status.settings ? null : (
          <Button size="sm" onClick={setUp}>
            Set it up
          </Button>
        ),
        missing: status.hasSecrets ? null : 'the value of a header is not there. Give it again.',
      },
    },
    isSettingUp,
    dialog: (editing || isSettingUp) && (
      <ExternalDialog status={status} onSaved={() => close(true)} onClose={() => close(false)} />
    ),
  };
}
