import { z } from 'zod';

/** Names as in `resources/stack/docker-compose.yml`. */
export const StackServiceName = z.enum(['alloy', 'tempo', 'loki', 'prometheus', 'grafana']);
export type StackServiceName = z.infer<typeof StackServiceName>;
