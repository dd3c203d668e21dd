import { DEVICE_FAMILY_NAMES } from '../packet/device-family-name.ts';
import type { DeviceFamilyName } from '../packet/device-family-name.ts';
import type { DecodableFamily, DeviceFamily } from './device-family.ts';
import { MOVESENSE } from './movesense/movesense.ts';
import { THORA_NANO33 } from './thora-nano33/thora-nano33.ts';
import { ARDUINO_AI } from './arduino-ai/arduino-ai.ts';
import { NICLA } from './nicla/nicla.ts';
import { TINY_MOTION_TRAINER } from './tiny-motion-trainer/tiny-motion-trainer.ts';
import { MOVELLA_DOT } from './movella-dot/movella-dot.ts';
import { METAMOTION } from './metamotion/metamotion.ts';
import { WITMOTION } from './witmotion/witmotion.ts';
import { THINGY52 } from './thingy52/thingy52.ts';
import { POLAR_VERITY } from './polar-verity/polar-verity.ts';
import { MICROBIT } from './microbit/microbit.ts';

/** One entry for each family: what the app can connect. The window loads this with the radio, the worker with the chain. */
const FAMILIES: Record<DeviceFamilyName, DeviceFamily> = {
  movesense: MOVESENSE,
  'thora-nano33': THORA_NANO33,
  'arduino-ai': ARDUINO_AI,
  nicla: NICLA,
  'tiny-motion-trainer': TINY_MOTION_TRAINER,
  'movella-dot': MOVELLA_DOT,
  metamotion: METAMOTION,
  witmotion: WITMOTION,
  thingy52: THINGY52,
  'polar-verity': POLAR_VERITY,
  microbit: MICROBIT,
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

/** All families with their streams and summaries, in the order in which they are listed. */
export function deviceFamilies(): readonly DeviceFamily[] {
  return DEVICE_FAMILY_NAMES.map((name) => FAMILIES[name]);
}

/**
 * The stream that a person means: in any letter case, without the slash that a path begins with, or by another of its
 * names; null when there is none.
 */
export function streamOf(family: DecodableFamily, text: string): string | null {
  if (text === '') return '';
  const wanted = text.toLowerCase();
  const alias = Object.entries(family.aliases ?? {}).find(([name]) => name === wanted)?.[1];
  return (
    alias ?? family.streams.find((stream) => [wanted, `/${wanted}`].includes(stream.toLowerCase())) ?? null
  );
}
