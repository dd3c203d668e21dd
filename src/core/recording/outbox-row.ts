/** Why a row has not reached the server yet; the codes of the client that sends it, see `adapters/fhir/fhir-error.ts`. */
export interface OutboxTrouble {
  readonly code: string;
  /** In the server's words, where it had any. */
  readonly words: string;
  readonly atUtcMs: number;
}

/** A resource as far as the outbox looks into it. */
export interface OutboxResource {
  readonly resourceType: string;
}

/** `waiting` goes out by itself; `setAside` was refused for good and waits for a person; `sent` is known to be there. */
export type OutboxState = 'waiting' | 'setAside' | 'sent';

/** One resource on its way to a clinic's server. What was sent stays as a row without its resource, so that nothing goes twice. */
export interface OutboxRow {
  /** Digest of the identifier: what a row is about cannot be read from its key. */
  readonly rowId: string;
  readonly state: OutboxState;
  /** Rows go out in this order; a row that waits keeps its place when its resource is replaced. */
  readonly order: number;
  /** Rises with every write: who writes on an older one has to look again. */
  readonly revision: number;
  readonly identifier: { readonly system: string; readonly value: string };
  readonly mode: 'once' | 'newest';
  /** Rows of one chain reach the server in their order; null: of none. */
  readonly chain: string | null;
  /** Null once it was sent. */
  readonly resource: OutboxResource | null;
  readonly digest: string;
  readonly enqueuedAtUtcMs: number;
  /** Of what the server took last. */
  readonly takenDigest: string | null;
  /** Of what was sent and may have been taken without an answer, newest last. */
  readonly attemptedDigests: readonly string[];
  readonly serverId: string | null;
  readonly serverVersion: string | null;
  readonly attempts: number;
  readonly nextTryAtUtcMs: number;
  readonly trouble: OutboxTrouble | null;
}
