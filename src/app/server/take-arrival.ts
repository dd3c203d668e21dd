import { LOGIN_PARTY } from './login-party.ts';

/**
 * Where a login at a clinic's server comes back to, or a record system opens this app: what it left in the address is taken out
 * before anything else sees it, and the page that finishes it is shown.
 *
 * @returns the address as it was; null: nothing of the kind
 */
export function takeArrival(): URL | null {
  const address = new URL(location.href);
  const has = (name: string): boolean => address.searchParams.has(name);
  const isReturn = has('state') && (has('code') || has('error'));
  const isLaunch = has('iss') && has('launch');
  if (!isReturn && !isLaunch) return null;
  const isClinic = isLaunch || sessionStorage.getItem(LOGIN_PARTY) === 'clinic';
  const page = isClinic ? '/patients/server/arrival' : '/settings/clinic/arrival';
  history.replaceState(null, '', `${address.pathname}#${page}`);
  return address;
}
