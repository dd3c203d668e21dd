import type { KitPassport } from '../core/recording/kit-passport.ts';
import type { CheckedKit } from '../core/report/referrer-report.ts';

/** @param passport the newest of the kit that goes with the person; null: none */
export function checkedKit(passport: KitPassport | null, nowUtcMs: number): CheckedKit | null {
  if (passport === null) return null;
  const { kitName, checkedBy, madeAtUtc, expiresAtUtc, verdict, simulated } = passport;
  return {
    kitName,
    checkedBy,
    madeAtUtc,
    verdict,
    simulated,
    isExpired: nowUtcMs >= Date.parse(expiresAtUtc),
  };
}
