/** Sensor families that the app can connect, by the names that recordings use. */
export const DEVICE_FAMILY_NAMES = ['movesense', 'thora-nano33'] as const;
export type DeviceFamilyName = (typeof DEVICE_FAMILY_NAMES)[number];
