import { createKeys, publicKeys } from '../adapters/hand-over/web-crypto.ts';
import type { ClinicIdentityRow } from '../adapters/session-log/clinic-database.ts';
import { createSessionId } from './session-id.ts';

/** A clinic of this name, with keys that nothing reads out. */
export async function newIdentity(name: string): Promise<ClinicIdentityRow> {
  const keys = await createKeys(false);
  const card = { partyId: createSessionId(), role: 'clinic', name, ...(await publicKeys(keys)) } as const;
  return { identityId: 'own', card, signKey: keys.sign.privateKey, agreeKey: keys.agree.privateKey };
}
