import type { ServerLinkRow } from '../../adapters/session-log/session-database.ts';
import type { LinkStore } from './server-connection.ts';

export type Party = 'patient' | 'clinic';

/** Who is let in at a server: SMART App Launch. */
export interface ServerLogin {
  /** Whether the server wants a login at all. */
  isOffered(baseUrl: string): Promise<boolean>;
  isIn(party: Party, link: ServerLinkRow): boolean;
  /** Leaves the page. */
  begin(
    party: Party,
    server: { readonly baseUrl: string; readonly name: string; readonly clientId: string },
  ): Promise<void>;
  /** @param rejected a token that the server refused; null: goes without */
  accessToken(
    party: Party,
    link: ServerLinkRow,
    store: LinkStore,
    rejected?: string,
  ): Promise<string | null>;
  forget(party: Party, link: ServerLinkRow): void;
}

export function createServerLogin(): ServerLogin {
  return {
    isOffered: async () => false,
    isIn: () => true,
    begin: async () => undefined,
    accessToken: async () => null,
    forget: () => undefined,
  };
}
