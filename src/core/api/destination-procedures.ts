import type { Change } from '../destinations/change';
import type { DestinationController } from '../destinations/destination-controller';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';
import { refuse } from './map-problem';

export interface DestinationDependencies {
  destinations: DestinationController;
}

/** Clouds that get a copy of what arrives. */
export function createDestinationProcedures(os: Implementer, { destinations }: DestinationDependencies) {
  return os.destinations.router({
    status: os.destinations.status.handler(async ({ signal }) =>
      createStatusFeed(
        { read: () => destinations.snapshot(), subscribe: (listener) => destinations.subscribe(listener) },
        signal,
      ),
    ),
    snapshot: os.destinations.snapshot.handler(() => destinations.snapshot()),
    add: os.destinations.add.handler(async ({ input }) => settle(await destinations.add(input))),
    update: os.destinations.update.handler(async ({ input }) =>
      settle(await destinations.update(input.id, input.destination)),
    ),
    remove: os.destinations.remove.handler(async ({ input }) => settle(await destinations.remove(input.id))),
    test: os.destinations.test.handler(async ({ input }) => settle(await destinations.test(input.id))),
    toggle: os.destinations.toggle.handler(async ({ input }) => settle(await destinations.toggle(input))),
    setRedaction: os.destinations.setRedaction.handler(async ({ input }) =>
      settle(await destinations.setRedaction(input.rules)),
    ),
    setAgentContent: os.destinations.setAgentContent.handler(async ({ input }) =>
      settle(await destinations.setAgentContent(input.on)),
    ),
    preview: os.destinations.preview.handler(async ({ input }) => settle(await destinations.preview(input.rules))),
  });
}

function settle<Value>(change: Change<Value>): Value {
  if (change.state === 'failed') throw refuse('DESTINATION', change.problem);
  return change.value;
}
