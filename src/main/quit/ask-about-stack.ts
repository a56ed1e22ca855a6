import { dialog } from 'electron';
import { backendNames } from '../../shared/backend-names';
import type { Backend } from '../../shared/contract/host';
import type { QuitAnswer } from './quitting';

const choices = ['stop', 'leave', 'cancel'] as const;

/** Asks what becomes of a backend that outlives the app. Closing the question without an answer cancels. */
export async function askAboutStack(backend: Backend): Promise<QuitAnswer> {
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    title: 'Quit Watchtower',
    message: `${backendNames[backend]}: still running.`,
    detail:
      'Stopped, its services end and its data stays. Left running, it goes on receiving and Watchtower finds it again.',
    buttons: ['Stop it and quit', 'Leave it running and quit', 'Cancel'],
    defaultId: 1,
    cancelId: 2,
    checkboxLabel: 'Do this every time',
    noLink: true,
  });
  return { choice: choices[response] ?? 'cancel', remember: checkboxChecked };
}
