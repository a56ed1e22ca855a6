import { disableLocalOnly, enableLocalOnly } from '../../src/core/backends/kubernetes/alloy/local-only';
import { removeSumo, setSumo, showSumo } from '../../src/core/backends/kubernetes/alloy/sumo-credentials';
import { deploy } from '../../src/core/backends/kubernetes/tasks/deploy';
import { setup } from '../../src/core/backends/kubernetes/tasks/setup';
import { teardown } from '../../src/core/backends/kubernetes/tasks/teardown';
import type { Failure } from '../../src/core/backends/kubernetes/tools/failure';
import type { Session } from '../../src/core/backends/kubernetes/tools/session';
import { logs } from './logs';
import { portForward } from './port-forward';
import { render } from './render';
import { status } from './status';

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
