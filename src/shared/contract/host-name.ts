import { z } from 'zod';

/**
 * A host name or IP address, without scheme and port: with a single colon it would be an address with its port. No
 * wildcards: each name is one that others could rebind.
 */
export const HostName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|(?=.*:.*:)[0-9a-f:.]+)$/i);
