/** Words for progress: tiles, verdicts, what a line shows. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Verdict } from '../../core/care/outcomes/change-verdict.ts';
import type { ProgressTile, SeriesName, TileId } from '../../core/care/outcomes/progress-tiles.ts';

export function tileName(id: TileId): MessageDescriptor {
  switch (id) {
    case 'pain':
      return msg`Pain`;
    case 'movement':
      return msg`Movement`;
    case 'function':
      return msg`What you can do`;
    case 'confidence':
      return msg`Confidence and sleep`;
  }
}

export function verdictWords(verdict: ProgressTile['verdict']): MessageDescriptor {
  switch (verdict) {
    case 'improved':
      return msg`Better than at the start`;
    case 'possiblyImproved':
      return msg`Maybe better: the next look will tell`;
    case 'noClearChange':
      return msg`No clear change`;
    case 'possiblyDeclined':
      return msg`Maybe worse: the next look will tell`;
    case 'declined':
      return msg`Worse than at the start`;
    case 'tooEarly':
      return msg`Too early to tell`;
    case 'lowFromStart':
      return msg`Low from the start`;
    case 'mixed':
      return msg`Some better, some worse`;
  }
}

/** What the verdict means, in a sentence. */
export function verdictMeaning(verdict: Verdict): MessageDescriptor {
  switch (verdict) {
    case 'improved':
      return msg`Two looks in a row were better by more than chance alone would make.`;
    case 'possiblyImproved':
      return msg`One look was better by enough. It takes two in a row to be sure.`;
    case 'noClearChange':
      return msg`What differs is no more than days differ anyway.`;
    case 'possiblyDeclined':
      return msg`One look was worse by enough. It takes two in a row to be sure.`;
    case 'declined':
      return msg`Two looks in a row were worse by more than chance alone would make. That happens, and the plan can change with it.`;
    case 'tooEarly':
      return msg`There is not enough yet to compare.`;
    case 'lowFromStart':
      return msg`It was low when you began. That leaves too little room to show a drop.`;
  }
}

/**
 * What fills an empty tile.
 * @param hasSensors whether the person said that they wear any
 */
export function emptyWords(id: TileId, hasSensors: boolean): MessageDescriptor {
  switch (id) {
    case 'pain':
      return msg`Answer the morning questions for a week, and this begins.`;
    case 'movement':
      return hasSensors
        ? msg`Do a movement test with your sensors, and this begins.`
        : msg`Movement tests fill this. They need sensors, and the rest of your programme does not.`;
    case 'function':
      return msg`The first review asks about the things you find hard.`;
    case 'confidence':
      return msg`The weekly questions ask how sure you feel, and how you sleep.`;
  }
}

/** What a line of a chart shows. */
export function seriesName(name: SeriesName): MessageDescriptor {
  switch (name.kind) {
    case 'painWeek':
      return msg`Pain, week by week`;
    case 'painReview':
      return msg`Pain over a week, as you said at the reviews`;
    case 'function':
      return msg`The things you named, together`;
    case 'interference':
      return msg`How much it gets in the way`;
    case 'range':
      return rangeName(name.metric);
    case 'answers':
      break;
  }
  switch (name.measureId) {
    case 'stiff':
      return msg`Stiffness`;
    case 'int.work':
      return msg`In the way of work or chores`;
    case 'int.sleep':
      return msg`In the way of sleep`;
    case 'conf':
      return msg`How sure you feel to move`;
    case 'worry':
      return msg`Worry about moves`;
    case 'energy':
      return msg`Energy`;
    default:
      return msg`Ease of breathing`;
  }
}

function rangeName(metric: string): MessageDescriptor {
  switch (metric) {
    case 'locked.rotation':
      return msg`Kneeling turn`;
    case 'sideLying.rotation':
      return msg`Turn lying on the side`;
    case 'seated.rotation':
    case 'thoracic.rotation':
    case 'trunk.rotation':
      return msg`Seated turn`;
    case 'thoracic.flexion':
    case 'trunk.flexion':
    case 'ubIncl.flexion':
      return msg`Bending forward`;
    case 'thoracic.extension':
    case 'trunk.extension':
      return msg`Bending backward`;
    case 'thoracic.sideBend':
    case 'trunk.sideBend':
    case 'ubIncl.sideBend':
      return msg`Bending sideways`;
    case 'arm.elevation':
      return msg`Raising the arm`;
    default:
      return msg`Range of a move`;
  }
}

/** Ends of a scale of 0 to 10, in words. */
export function scaleWords(name: SeriesName): MessageDescriptor {
  const id = name.kind === 'answers' ? name.measureId : null;
  if (name.kind === 'function') return msg`0: cannot do it. 10: as before.`;
  if (id === 'conf') return msg`0: not sure. 10: fully sure.`;
  if (id === 'energy') return msg`0: none. 10: full of energy.`;
  if (id === 'breathease') return msg`0: very hard. 10: fully easy.`;
  if (id === 'worry') return msg`0: I do not avoid moves. 10: I do, very much.`;
  if (name.kind === 'interference' || id === 'int.work' || id === 'int.sleep')
    return msg`0: not at all. 10: completely.`;
  return msg`0: none. 10: the worst you can imagine.`;
}

/** Where the number comes from. */
export function sourceWords(name: SeriesName): MessageDescriptor {
  switch (name.kind) {
    case 'painWeek':
      return msg`All your morning answers of one week, taken together. A week counts with at least four answers.`;
    case 'painReview':
      return msg`Your answers about the past week, given at the reviews.`;
    case 'function':
      return msg`How well you can do the things you named, taken together.`;
    case 'interference':
      return msg`Three answers taken together: enjoying life, usual activities, and pain in the past week.`;
    case 'range':
      return msg`Your best moves in each test, taken together. The sensors you wore measured them.`;
    case 'answers':
      return msg`Your own answers, as you gave them.`;
  }
}
