import type { BackendRemains, BackendStatus, ServiceLogLine } from '../../../shared/contract/backend';
import type { Problem } from '../../../shared/problem';
import type { BackendServices } from '../backend';
import { StackServiceName } from './stack/plan/stack-service-name';
import type { StackController } from './stack/stack-controller';

/** The stack's services by the names that callers give; whoever asks wakes the search for a container engine. */
export class DockerServices implements BackendServices {
  constructor(
    private readonly stack: StackController,
    readonly wake: () => void,
  ) {}

  status(): BackendStatus {
    return this.awake.status();
  }

  subscribe(listener: () => void, options?: { usage?: boolean }): () => void {
    return this.awake.subscribe(listener, options);
  }

  up(): Promise<Problem | null> {
    return this.awake.up();
  }

  down(): Promise<Problem | null> {
    return this.awake.down();
  }

  cancel(): Problem | null {
    return this.awake.cancel();
  }

  async restartService(name: string): Promise<Problem | null> {
    const service = StackServiceName.safeParse(name);
    return service.success ? this.awake.restartService(service.data) : unknownService(name);
  }

  async logs(
    name: string,
    wanted: { tail: number; follow: boolean; signal: AbortSignal },
  ): Promise<{ lines: AsyncIterable<ServiceLogLine> } | { problem: Problem }> {
    const service = StackServiceName.safeParse(name);
    return service.success ? this.awake.logs(service.data, wanted) : { problem: unknownService(name) };
  }

  remains(): Promise<{ remains: BackendRemains } | { problem: Problem }> {
    return this.awake.remains();
  }

  clean(): Promise<{ remains: BackendRemains } | { problem: Problem }> {
    return this.awake.clean();
  }

  private get awake(): StackController {
    this.wake();
    return this.stack;
  }
}

function unknownService(name: string): Problem {
  return {
    kind: 'unknown-service',
    message: `There is no service ${JSON.stringify(name)}.`,
    hint: `Services: ${StackServiceName.options.join(', ')}.`,
  };
}
