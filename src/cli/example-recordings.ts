import { ENGINE_VERSION } from '../core/pipeline/engine-version.ts';
import { replaySession } from '../core/pipeline/live-replay.ts';
import type { SessionRecording } from '../core/recording/session-recording.ts';
import { simulateRecipe, type SimulationRecipe } from './fixture-case.ts';

/** A recording that ships with the app. */
export interface ExampleRecording {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly recipe: SimulationRecipe;
}

export const EXAMPLE_RECORDINGS: readonly ExampleRecording[] = [
  {
    id: 'seated-turn',
    title: 'Seated turn, two sensors',
    description: 'Six turns, left and right, with sensors on the upper and lower back. Simulated.',
    recipe: {
      script: 'seated-rotation',
      sensors: ['upperBack', 'lowerBack'],
      seed: 21,
      reps: 6,
      rate_hz: 52,
      faults: {},
    },
  },
  {
    id: 'kneeling-turn',
    title: 'Kneeling turn, one sensor',
    description: 'Six turns with the lower back locked, measured from gravity by one sensor. Simulated.',
    recipe: {
      script: 'lumbar-locked-rotation',
      sensors: ['upperBack'],
      seed: 22,
      reps: 6,
      rate_hz: 52,
      faults: {},
    },
  },
  {
    id: 'reach-up',
    title: 'Reach up, upper back and arm',
    description: 'Four reaches with the right arm, measured against the upper back. Simulated.',
    recipe: {
      script: 'arm-elevation',
      sensors: ['upperBack', 'upperArmRight'],
      seed: 23,
      reps: 4,
      rate_hz: 52,
      faults: {},
    },
  },
];

/** The example as the app would have stored it, its result included. */
export function exampleRecording(example: ExampleRecording): SessionRecording {
  const recording = {
    ...simulateRecipe(example.recipe).recording,
    recordingId: `example-${example.id}`,
    engineVersion: ENGINE_VERSION,
  };
  return { ...recording, result: replaySession(recording).result };
}
