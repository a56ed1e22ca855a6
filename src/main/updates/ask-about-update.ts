import type { UpdateController } from './update-controller';
import type { UpdateState } from './update-state';

/** How a person is told and asked. */
export interface UpdateTalk {
  tell(message: string, detail?: string): Promise<void>;
  /** True for the button that says `yes`. */
  ask(message: string, yes: string): Promise<boolean>;
}

/** Looks for a newer version and leads through it. True once a person wants what is ready to be put in place. */
export async function askAboutUpdate(updates: UpdateController, talk: UpdateTalk): Promise<boolean> {
  let state = await updates.send({ name: 'check' });
  if (state.name === 'available') {
    if (!(await talk.ask(`Watchtower ${state.version} is there. Fetch it?`, 'Fetch'))) return false;
    state = await updates.send({ name: 'download' });
  }
  if (state.name === 'ready') {
    return talk.ask(`Watchtower ${state.version} is ready. Restart with it now?`, 'Restart');
  }
  await talk.tell(...wordsFor(state));
  return false;
}

function wordsFor(state: UpdateState): [message: string, detail?: string] {
  switch (state.name) {
    case 'off':
      return ['This Watchtower does not update itself.', state.why];
    case 'failed':
      return [state.problem.message, state.problem.hint];
    case 'current':
      return ['This is the newest version.'];
    case 'downloading':
      return [`Watchtower ${state.version} is being fetched: ${state.percent} %.`];
    default:
      return ['Watchtower is looking for a newer version.'];
  }
}
