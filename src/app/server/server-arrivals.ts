import type { ServerArrivals } from '../../ui/server-ports.ts';

export function createServerArrivals(): ServerArrivals {
  return { take: async () => ({ kind: 'nothing' }), agree: async () => undefined };
}
