import { DEVICE_FAMILY_NAMES } from '../packet/device-family-name.ts';
import type { DeviceFamilyName } from '../packet/device-family-name.ts';
import type { DeviceFamily } from './device-family.ts';
import { MOVESENSE } from './movesense/movesense.ts';
import { THORA_NANO33 } from './thora-nano33/thora-nano33.ts';

/** Families that the app can connect; `decodable-families.ts` lists those whose recorded packets can be read. */
const FAMILIES: Record<DeviceFamilyName, DeviceFamily> = {
  movesense: MOVESENSE,
  'thora-nano33': THORA_NANO33,
};

/** The family of that name; null for a name that is not known. */
export function deviceFamily(name: DeviceFamilyName): DeviceFamily;
export function deviceFamily(name: string): DeviceFamily | null;
export function deviceFamily(name: string): DeviceFamily | null {
  return Object.hasOwn(FAMILIES, name) ? FAMILIES[name as DeviceFamilyName] : null;
}

/** In the order in which they are shown. */
export function deviceFamilyNames(): readonly DeviceFamilyName[] {
  return DEVICE_FAMILY_NAMES;
}
