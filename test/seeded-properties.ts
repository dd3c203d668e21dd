import fc from 'fast-check';

// The quick form tries the same values every time, so that what is red was made so by a change; the long form draws new ones.
if (process.env['THORA_LONG'] === undefined) fc.configureGlobal({ seed: 20_261_126 });
