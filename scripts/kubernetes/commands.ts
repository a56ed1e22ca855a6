import { deploy } from './deploy';
import type { Failure } from './failure';
import { disableLocalOnly, enableLocalOnly } from './local-only';
import { logs } from './logs';
import { portForward } from './port-forward';
import { render } from './render';
import type { Session } from './session';
import { setup } from './setup';
import { status } from './status';
import { removeSumo, setSumo, showSumo } from './sumo-credentials';
import { teardown } from './teardown';

type Command = (session: Session, names: readonly string[]) => Promise<Failure | null>;

/** By the name of the make target; `names` is what stands behind it. */
export const commands: Readonly<Record<string, Command>> = {
  setup: (session) => setup(session),
  deploy,
  status: (session) => status(session),
  logs: (session, [service]) => logs(session, service),
  'port-forward': (session) => portForward(session),
  render: (session) => render(session),
  'enable-local-only': (session) => enableLocalOnly(session),
  'disable-local-only': (session) => disableLocalOnly(session),
  'sumo-show': (session) => showSumo(session),
  'sumo-set': (session) => setSumo(session),
  'sumo-remove': (session) => removeSumo(session),
  teardown: (session) => teardown(session),
};
