import { CommandFailure } from '../../command-failure';

/** The command did not run at all. */
export class NotStarted extends CommandFailure {
  constructor(
    message: string,
    readonly code: number,
    hint: string,
  ) {
    super({ kind: 'command-not-started', message, hint });
  }
}
