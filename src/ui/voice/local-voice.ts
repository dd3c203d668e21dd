/**
 * Only a voice that lives on this device: nothing that is said may leave it. A voice of the very language tag is
 * preferred to one of the language alone; null where the device has none.
 */
export function localVoice<V extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly V[],
  locale: string,
): V | null {
  const tag = (voice: V) => voice.lang.toLowerCase().replace('_', '-');
  const local = voices.filter((voice) => voice.localService);
  return (
    local.find((voice) => tag(voice) === locale) ??
    local.find((voice) => tag(voice).split('-')[0] === locale.split('-')[0]) ??
    null
  );
}
