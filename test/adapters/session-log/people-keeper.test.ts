import { describe, expect, it } from 'vitest';
import { parseKnownSensors } from '../../../src/adapters/session-log/kit-memory.ts';
import type { PeopleKeeper } from '../../../src/adapters/session-log/people-keeper.ts';
import { describeSensor, EMPTY_RESULT, startOf } from '../session-inputs.ts';
import { createDevice } from './people-bench.ts';

const LISTENER = { onStored: () => undefined, onTrouble: () => undefined };

async function record(keeper: PeopleKeeper, sessionId: string) {
  const { repository } = await keeper.storage();
  const recorder = await repository.open(startOf(sessionId), LISTENER);
  if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
  return recorder;
}

async function sessionIds(keeper: PeopleKeeper): Promise<string[]> {
  return (await (await keeper.storage()).repository.list()).map(({ sessionId }) => sessionId);
}

describe('people on one device', () => {
  it('who are erased in one tab leave another one with somebody new, and with a store that opens', async () => {
    const { openTab } = createDevice();
    const tab = openTab();
    await (await record(tab, 'a')).finish(EMPTY_RESULT);
    const other = openTab();
    expect(await sessionIds(other)).toEqual(['a']);
    const shown: string[] = [];
    other.onChange(() => shown.push(other.state().kind));
    await tab.erase();
    await expect.poll(() => shown.at(-1)).toBe('ready');
    expect(shown).not.toContain('choosing');
    expect(await sessionIds(other)).toEqual([]);
    await (await record(other, 'b')).finish(EMPTY_RESULT);
    expect(await sessionIds(tab)).toEqual(['b']);
  });

  it('are one without a name, who is not asked, until another comes', async () => {
    const { openTab } = createDevice();
    const tab = openTab();
    expect(tab.state()).toEqual({ kind: 'opening' });
    await tab.storage();
    const only = { personId: 'first', name: '', hasPassphrase: false };
    expect(tab.state()).toEqual({ kind: 'ready', person: only, people: [only], unfinishedMove: null });
    const other = openTab();
    await other.storage();
    expect(other.state()).toEqual(tab.state());
  });

  it('have sessions, gyroscope zeros and places of their own', async () => {
    const { openTab } = createDevice();
    const tab = openTab();
    await (await record(tab, 'a')).finish(EMPTY_RESULT);
    await (await tab.storage()).kits.remember('upperBack', 'unit-0');
    const sensor = { ...describeSensor(0), simulated: false };
    const found = {
      sensorIndex: 0,
      role: 'upperBack' as const,
      sampleCount: 1,
      rateHz: 100,
      missingFraction: 0,
      gyroBiasRadPerS: [0.01, 0, 0] as const,
      gyroBiasSigmaRadPerS: 0.0005,
      rejectedPacketCount: 0,
    };
    await (await tab.storage()).calibrations.remember([sensor], { ...EMPTY_RESULT, sensors: [found] });

    await tab.add('Rui');
    expect(tab.state()).toMatchObject({ kind: 'ready', person: { name: 'Rui' }, people: [{}, {}] });
    const rui = await tab.storage();
    expect(await sessionIds(tab)).toEqual([]);
    expect((await rui.kits.known()).size).toBe(0);
    expect(await rui.calibrations.recall(sensor)).toBeNull();
    await (await record(tab, 'b')).finish(EMPTY_RESULT);
    expect(await sessionIds(tab)).toEqual(['b']);

    await tab.choose('first');
    expect(await sessionIds(tab)).toEqual(['a']);
    expect(await (await tab.storage()).calibrations.recall(sensor)).toMatchObject({ sigmaRadPerS: 0.0005 });
    expect([...(await (await tab.storage()).kits.known())]).toEqual([['upperBack', 'unit-0']]);
  });

  it('are asked in a new tab who they are once there are two, and again after leaving', async () => {
    const { openTab } = createDevice();
    const tab = openTab();
    await tab.storage();
    await tab.rename('first', 'Ana');
    await tab.add('Rui');
    const next = openTab();
    await next.storage();
    expect(next.state()).toMatchObject({ kind: 'choosing', people: [{ name: 'Ana' }, { name: 'Rui' }] });
    await next.choose('first');
    expect(next.state()).toMatchObject({ kind: 'ready', person: { name: 'Ana' } });
    await next.leave();
    expect(next.state()).toMatchObject({ kind: 'choosing' });
    await expect(next.choose('nobody')).rejects.toMatchObject({ code: 'personMissing' });
  });

  it('do not change while a session is recorded', async () => {
    const { openTab } = createDevice();
    const tab = openTab();
    const recorder = await record(tab, 'a');
    await tab.rename('first', 'Ana');
    await expect(tab.leave()).rejects.toMatchObject({ code: 'sessionRunning', subject: 'a' });
    await recorder.close();
    await tab.add('Rui');
    expect(tab.state()).toMatchObject({ person: { name: 'Rui' } });
  });
});

describe('places of the kit', () => {
  it('are one for each sensor', async () => {
    const { kits } = await createDevice().openTab().storage();
    await kits.remember('upperBack', 'a');
    await kits.remember('lowerBack', 'b');
    await kits.remember('lowerBack', 'a');
    expect([...(await kits.known())]).toEqual([['lowerBack', 'a']]);
  });

  it('come over once from where earlier versions kept them', async () => {
    const { openTab, device } = createDevice();
    device.oldPlaces = '{"upperBack":"a","nose":"b"}';
    expect([...(await (await openTab().storage()).kits.known())]).toEqual([['upperBack', 'a']]);
    expect(device.oldPlaces).toBeNull();
    expect([...(await (await openTab().storage()).kits.known())]).toEqual([['upperBack', 'a']]);
  });

  it.each([null, '', '3', 'null', '[]', '{"upperBack":3,"nose":"a"}', '{"upperBack":""}', '{'])(
    'are none where what was kept is not theirs: %s',
    (text) => {
      expect([...parseKnownSensors(text)]).toEqual([]);
    },
  );
});
