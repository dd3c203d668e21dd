import { createHandOverCrypto, createKeys, publicKeys } from '../../src/adapters/hand-over/web-crypto.ts';
import type { HandOverCrypto } from '../../src/core/recording/hand-over-crypto.ts';
import type { PartyCard } from '../../src/core/recording/party-card.ts';

export interface TestParty {
  readonly card: PartyCard;
  readonly crypto: HandOverCrypto;
}

/** A clinic or a patient with keys of their own, by the real cryptography. */
export async function createParty(role: PartyCard['role'], partyId: string): Promise<TestParty> {
  const keys = await createKeys(false);
  const card = { partyId, role, name: `The ${role}`, ...(await publicKeys(keys)) };
  const own = { signKey: keys.sign.privateKey, agreeKey: keys.agree.privateKey };
  return { card, crypto: createHandOverCrypto(own, card.agreeKey) };
}
