import type { ExerciseId, Side } from './motion-definition.ts';
import type { RepetitionForm } from './repetition-form.ts';

/** One repetition with how sure we are, and why it counted or did not. Times are session ms, angles rad. */
export interface RepetitionResult {
  readonly exerciseId: ExerciseId;
  /** 0-based within its set. */
  readonly index: number;
  readonly side: Side | 'forward' | 'backward';
  readonly startMs: number;
  readonly peakMs: number;
  readonly endMs: number;
  /** Median of +-100 ms round the extreme, as a positive size in the direction of `side`. */
  readonly peakRad: number;
  /** Half width of the 95 % interval. */
  readonly peakHalfWidth95Rad: number;
  readonly targetRad: number | null;
  readonly holdS: number;
  readonly peakSpeedRadPerS: number;
  /** Angle left over at the end against the start. */
  readonly returnResidualRad: number;
  readonly verdict:
    'full' | 'good' | 'partial' | 'small' | 'wrongSide' | 'tooFast' | 'timeout' | 'signalLost' | 'stopped';
  readonly counted: boolean;
  /** 'accepted' residual <= 2 deg, 'corrected' <= 5 deg (linear drift removed), 'rejected' above: not a ROM record. */
  readonly drift: 'accepted' | 'corrected' | 'rejected';
  /** 0 to 100. */
  readonly quality: number;
  readonly reasons: readonly RepetitionReason[];
  /** Worst movement beside it: 0 none, 0.5 warned, 1 failed; null where nothing worn shows any, missing in older results. */
  readonly compensation?: number | null;
  /** How it was made; missing in results of engines that did not look. */
  readonly form?: RepetitionForm;
}

export type RepetitionReason =
  | 'shortOfTarget'
  | 'holdTooShort'
  | 'tooFast'
  | 'tooSlow'
  | 'wrongSide'
  | 'didNotReturn'
  | 'signalLost'
  /** The person paused or ended the set on the way. */
  | 'stopped'
  | 'driftCorrected'
  | 'driftTooLarge'
  | 'compensation';
