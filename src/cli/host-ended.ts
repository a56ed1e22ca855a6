import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';

/** For a command that follows the host: the connection broke, or the host ended the feed in good order. */
export function hostEnded(): CommandFailure {
  return new CommandFailure(
    {
      kind: 'not-answering',
      message: 'Watchtower ended, or does not answer any more.',
      hint: 'Look with `watchtower status`, or start it with `watchtower serve`.',
    },
    EXIT.notRunning,
  );
}
