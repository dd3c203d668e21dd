import type { CodeSystem } from 'fhir/r4';
import { LOCAL_CODES } from './fhir-names.ts';

/** Of the codes and their words: whoever changes or adds one raises it. */
const CODES_VERSION = '1.0.0';

const FLAGS: Readonly<Record<string, string>> = {
  'R-01': 'Chest pain, pressure or breathlessness',
  'R-02': 'Sudden tearing pain in chest or back, fainting',
  'R-03': 'New trouble with bladder or bowels, numb groin',
  'R-04': 'Leg weakness, unsteady walking, clumsy hands',
  'R-05': 'Calf swelling, coughing blood, pain on breathing',
  'R-06': 'Hard fall, crash or blow',
  'R-07': 'Minor fall with fragile bones',
  'R-08': 'Fever, chills, night sweats',
  'R-09': 'Infection, surgery or weak immune system',
  'R-10': 'Cancer now or ever',
  'R-11': 'Weight loss without trying',
  'R-12': 'Constant pain that no position eases',
  'R-13': 'Band-like pain or numbness around the chest, rash',
  'R-14': 'Signs of an inflammatory back pain',
  'R-15': 'Pain linked to meals or swallowing',
  'R-16': 'Broken vertebra, osteoporosis, steroid tablets',
  'R-17': 'Pregnant, or a baby in the last 12 weeks',
  'R-18': 'Surgery in the last 12 weeks',
  'R-19': 'Age',
  'R-20': 'Heart or lung disease, dizziness',
  'R-21': 'Implanted electrical device',
  'R-22': 'Severe constant pain',
  'R-23': 'Thoughts of self-harm',
  'R-24': 'No improvement after six weeks',
  'R-25': 'Pain that comes with effort',
  'R-26': 'Severe pain with blood thinners or after a spinal injection',
  'R-27': 'Unstable or operated shoulder',
  'R-28': 'Gets down to the floor and up again alone',
};

const MEASURES: Readonly<Record<string, string>> = {
  'pain.now': 'Pain right now, 0 none to 10 worst',
  'pain.avg24': 'Pain on average in the last 24 hours, 0 to 10',
  'pain.worst24': 'Pain at its worst in the last 24 hours, 0 to 10',
  'pain.avg7': 'Pain on average in the last 7 days, 0 to 10',
  stiff: 'Stiffness of the upper back now, 0 to 10',
  'stiff.minutes': 'Morning stiffness',
  'pain.nextday': 'Pain this morning against before the last session',
  func1: "Ability in the person's first own hard thing, 0 cannot to 10 as before",
  func2: "Ability in the person's second own hard thing, 0 cannot to 10 as before",
  func3: "Ability in the person's third own hard thing, 0 cannot to 10 as before",
  'int.enjoy': 'Interference with enjoying life in the past week, 0 to 10',
  'int.activity': 'Interference with usual activities in the past week, 0 to 10',
  'int.work': 'Interference with work or chores in the past week, 0 to 10',
  'int.sleep': 'Interference with sleep in the past week, 0 to 10',
  conf: 'Confidence to move the upper back without harm, 0 to 10',
  worry: 'Avoids moves for fear of harm, 0 to 10',
  energy: 'Energy in the past week, 0 none to 10 full',
  breathease: 'Ease of breathing in the past week, 0 very hard to 10 fully easy',
  pgic: 'Change overall since starting',
  ease: 'How manageable the session was',
  sat: 'Satisfaction with care so far, 0 to 10',
  recommend: 'Would suggest the programme, 0 to 10',
  workdays: 'Days of the last 7 with limited work or chores',
  medchange: 'Pain medicine this week',
  adverse: 'Anything new or worrying since last time',
  return: 'Has the pain come back',
};

/** Answers in words, in the order of their places. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'pain.nextday': ['Lower', 'The same', 'A bit higher', 'Clearly higher'],
  pgic: [
    'Very much worse',
    'Much worse',
    'A little worse',
    'Unchanged',
    'A little better',
    'Much better',
    'Very much better',
  ],
  medchange: ['None', 'Less than before', 'The same', 'More than before'],
  return: ['No', 'Now and then', 'Yes'],
  ease: ['Far too hard', 'Rather hard', 'Just right', 'Rather easy', 'Far too easy'],
  adverse: ['No', 'Yes'],
};

const METRICS: Readonly<Record<string, string>> = {
  'locked.rotation': 'Upper-back rotation, low back locked',
  'sideLying.rotation': 'Upper-back rotation, lying on the side',
  'seated.rotation': 'Rotation, sitting',
  'thoracic.flexion': 'Upper-back flexion',
  'thoracic.extension': 'Upper-back extension',
  'thoracic.sideBend': 'Upper-back side bend',
  'thoracic.rotation': 'Upper-back rotation',
  'trunk.flexion': 'Trunk flexion',
  'trunk.extension': 'Trunk extension',
  'trunk.sideBend': 'Trunk side bend',
  'trunk.rotation': 'Trunk rotation',
  'ubIncl.flexion': 'Lean of the upper back forward',
  'ubIncl.extension': 'Lean of the upper back backward',
  'ubIncl.sideBend': 'Lean of the upper back to the side',
  'arm.elevation': 'Arm elevation',
};

const EXERCISES: Readonly<Record<string, string>> = {
  E01: 'Seated rotation',
  E02: 'Lumbar-locked rotation',
  E03: 'Open book',
  E04: 'Cat-camel',
  E05: 'Extension over a chair',
  E06: 'Extension over a towel roll',
  E07: 'Thread the needle',
  E08: 'Seated side bend',
  E09: 'Wall slide',
  E10: 'Wall angel',
  E11: 'Arm elevation reach',
  E12: 'Shoulder-blade squeeze hold',
  E13: 'Band row',
  E14: 'Prone T',
  E15: 'Prone Y',
  E16: 'W pull',
  E17: 'Wall push-up plus',
  E18: 'Serratus punch',
  E19: 'Bird dog',
  E20: 'Chin tuck',
  E21: 'Upright endurance hold',
  E22: 'Side-rib breathing',
  E23: 'Slow breathing',
  E24: 'Hip hinge lift',
};

/** Entries of the journal, by the kind of their event. */
const EVENTS: Readonly<Record<string, string>> = {
  safetyAnswered: 'Safety questions answered',
  mistakeSaid: 'Safety answer corrected: tapped by mistake',
  seenSaid: 'The person says: I was seen and may exercise',
  clinicianCleared: 'A clinician cleared a safety lock',
  sessionBegun: 'A session began',
  entryUnreadable: 'An entry on the device could not be read',
  clinicianLinked: 'A clinic was linked or left',
  intakeAnswered: 'Questions on coming in answered',
  intakeDeclined: 'A question on coming in left open',
  consentGiven: 'Consent given',
  coverageSaid: 'Who covers the care, as the person says',
  cameIn: 'Came in',
  planSet: 'The rules set the plan',
  sessionDone: 'Exercise session at home',
  flareSaid: 'Bad day said',
  measureAnswered: 'Question answered',
  reminderSet: 'Reminder set',
  clinicPlanTaken: "Took the clinic's plan",
  clinicPlanLeft: "Left the clinic's plan",
  clinicMessage: 'Message kept in the journal',
  moduleRead: 'Lesson read',
};

/** What is asked on coming in, and what a statement holds. */
const FIELDS: Readonly<Record<string, string>> = {
  ageYears: 'Age, years',
  painSince: 'How long the pain has been there',
  painNow: 'Pain right now, 0 to 10',
  painAverage24h: 'Pain on average in the last 24 hours, 0 to 10',
  painWorst24h: 'Pain at its worst in the last 24 hours, 0 to 10',
  settles: 'How long it takes to settle after activity',
  wakesAtNight: 'Wakes at night',
  activeMinutesPerWeek: 'Active minutes a week',
  goals: 'Goals',
  hardThings: 'What the upper back makes hard',
  work: 'Work',
  equipment: 'Equipment at home',
  positions: 'Positions that the person can take',
  arms: 'Arms that can be used',
  sensorPlaces: 'Where sensors are worn',
  confidence: 'Confidence, 0 to 10',
  seenDay: 'Day on which the person was seen',
  byWhom: 'Seen by',
  said: 'What the person said',
  state: 'Who covers the care',
  payerName: 'Name of the payer',
};

const OTHERS: Readonly<Record<string, string>> = {
  measures: 'Answers of one day',
  'session.plan': 'Session of the plan',
  'session.flare': 'Easy session on a bad day',
  'session.tests': 'Range tests',
  'session.short': 'Short session',
  adherence: 'Done of what was planned',
  repetitionsDone: 'Repetitions done',
  repetitionsPlanned: 'Repetitions planned',
  secondsDone: 'Time done by the clock',
  secondsPlanned: 'Time planned by the clock',
  quality: 'Quality of the repetitions, 0 to 100',
  effort: 'Effort, 0 rest to 10 maximal',
  selfReported: "By the person's own word, without sensors",
  uprightHold: 'Longest time upright in the endurance test',
  donning: 'Time to put the sensors on',
  painBefore: 'Pain before the session, 0 to 10',
  painAfter: 'Pain after the session, 0 to 10',
  painDuring: 'Highest pain during the exercise, 0 to 10',
  interval95: 'Where the value lies 19 times of 20',
  detectableChange: 'Smallest change that is more than error (MDC95)',
  configuration: 'Where the sensors were worn',
  calibration: 'Last check of the kit before the test',
  side: 'Side',
  left: 'Left',
  right: 'Right',
  wearableEstimate: 'Estimate by wearable motion sensors, not radiographic',
  simulated: 'Simulated, not measured',
  fit: 'Fit for use',
  quarantine: 'In quarantine',
  kitVerdict: 'What the check of the kit found',
  kit: 'Kit of motion sensors',
  unit: 'Motion sensor',
  accelerometer: 'Accelerometer',
  gyroscope: 'Gyroscope',
  magnetometer: 'Magnetometer',
  safetyLock: 'Exercise is locked by a safety answer',
  'trigger.sleep': 'Bad sleep',
  'trigger.stress': 'Stress',
  'trigger.load': 'Load',
  'trigger.sitting': 'Long sitting',
  'trigger.unknown': 'Not known',
  sessionsPerWeek: 'Sessions a week',
  'goal.desk': 'Sit and work at a desk with ease',
  'goal.lifting': 'Lift and carry with ease',
  'goal.overhead': 'Reach overhead with ease',
  'goal.sport': 'Go back to sport',
  'goal.sleep': 'Sleep better',
  'goal.breathing': 'Breathe with ease',
  report: 'Report for who referred the person',
  card: 'Keys of a clinic or of a patient',
  recording: 'Recording of motion sensors',
  written: 'Written message',
};

const LOCAL: ReadonlyMap<string, string> = new Map([
  ...[FLAGS, MEASURES, METRICS, EXERCISES, EVENTS, FIELDS, OTHERS].flatMap((part) => Object.entries(part)),
  ...Object.entries(CHOICES).flatMap(([measure, words]) =>
    words.map((display, place) => [choiceCode(measure, place), display] as const),
  ),
]);

/** Undefined where there is no such code. */
export function displayOf(code: string): string | undefined {
  return LOCAL.get(code);
}

/** @param place in the list of answers, from 0 */
export function choiceCode(measureId: string, place: number): string {
  return `${measureId}.${place}`;
}

/** All local codes, as they are published in docs/fhir-codes.json. */
export function localCodeSystem(): CodeSystem {
  return {
    resourceType: 'CodeSystem',
    url: LOCAL_CODES,
    version: CODES_VERSION,
    name: 'ThoraCodes',
    title: 'Codes of Thora',
    status: 'active',
    experimental: false,
    description:
      'What Thora records and no standard code says. Answers in words end in their place in the list, from 0.',
    caseSensitive: true,
    content: 'complete',
    count: LOCAL.size,
    concept: [...LOCAL].map(([code, display]) => ({ code, display })),
  };
}
