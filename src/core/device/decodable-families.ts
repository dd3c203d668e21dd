import { ARDUINO_AI } from './arduino-ai/arduino-ai.ts';
import type { DecodableFamily } from './device-family.ts';
import { METAMOTION } from './metamotion/metamotion.ts';
import { MICROBIT } from './microbit/microbit.ts';
import { MOVELLA_DOT } from './movella-dot/movella-dot.ts';
import { MOVESENSE } from './movesense/movesense.ts';
import { NICLA } from './nicla/nicla.ts';
import { POLAR_VERITY } from './polar-verity/polar-verity.ts';
import { THINGY52 } from './thingy52/thingy52.ts';
import { THORA_NANO33 } from './thora-nano33/thora-nano33.ts';
import { TINY_MOTION_TRAINER } from './tiny-motion-trainer/tiny-motion-trainer.ts';
import { WITMOTION } from './witmotion/witmotion.ts';

/**
 * All families whose recorded packets can be read, in the order in which they are listed. The app does not import this:
 * what it can connect is in `registry.ts`, and decoders that it cannot use stay out of its first load.
 */
export const DECODABLE_FAMILIES: readonly DecodableFamily[] = [
  {
    ...THORA_NANO33,
    summary: "Thora's own sketch on Arduino Nano 33 BLE and its kin; own specification with test vectors",
  },
  MOVESENSE,
  MOVELLA_DOT,
  METAMOTION,
  WITMOTION,
  THINGY52,
  POLAR_VERITY,
  ARDUINO_AI,
  NICLA,
  TINY_MOTION_TRAINER,
  MICROBIT,
];

/** The family of that name; null for a name that is not known. */
export function decodableFamily(name: string): DecodableFamily | null {
  return DECODABLE_FAMILIES.find((family) => family.name === name) ?? null;
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
