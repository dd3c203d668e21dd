/** The way to a browser that can talk to sensors, step by step. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { BrowserAdvice, BrowserName, SystemName } from '../browser-advice.ts';

export interface WayWords {
  readonly why: MessageDescriptor;
  readonly steps: readonly MessageDescriptor[];
}

export function systemWords(system: SystemName): MessageDescriptor {
  switch (system) {
    case 'ios':
      return msg`an iPhone or iPad`;
    case 'android':
      return msg`an Android device`;
    case 'windows':
      return msg`a Windows computer`;
    case 'mac':
      return msg`a Mac`;
    case 'chromeOs':
      return msg`a Chromebook`;
    case 'linux':
      return msg`a Linux computer`;
    case 'other':
      return msg`a device we do not know`;
  }
}

/** Names of browsers are the same in every language; null for one without a name. */
export function browserTitle(browser: BrowserName): string | null {
  const names: Record<BrowserName, string | null> = {
    chrome: 'Chrome',
    edge: 'Edge',
    opera: 'Opera',
    samsung: 'Samsung Internet',
    brave: 'Brave',
    firefox: 'Firefox',
    safari: 'Safari',
    inApp: null,
    other: null,
  };
  return names[browser];
}

const BRAVE_SWITCH = 'brave://flags/#brave-web-bluetooth-api';
const LINUX_SWITCH = 'chrome://flags/#enable-experimental-web-platform-features';

/** The browser's own page with the switch; null where there is none. */
export function switchAddress(way: BrowserAdvice['way']): string | null {
  return way === 'braveSwitch' ? BRAVE_SWITCH : way === 'linuxSwitch' ? LINUX_SWITCH : null;
}

export function wayWords({ way, system }: BrowserAdvice): WayWords {
  switch (way) {
    case 'here':
      return { why: msg`This browser can talk to sensors.`, steps: [] };
    case 'iosApp':
      return {
        why: msg`On iPhone and iPad, Safari and all other usual browsers cannot talk to sensors.`,
        steps: [
          msg`Copy the address below.`,
          msg`Get the browser Bluefy or WebBLE from the App Store. They can talk to sensors.`,
          msg`Open it, paste the address, and start.`,
          msg`Or use an Android phone, a Windows computer, a Mac or a Chromebook with Chrome.`,
        ],
      };
    case 'openInChrome':
      return {
        why: msg`This browser cannot talk to sensors. Chrome can.`,
        steps: [
          msg`Copy the address below.`,
          system === 'android'
            ? msg`Open Chrome. If it is not there, get it from the Play Store.`
            : msg`Open Chrome or Edge. If neither is there, get Chrome from google.com/chrome.`,
          msg`Paste the address, and start.`,
        ],
      };
    case 'braveSwitch':
      return {
        why: msg`Brave can talk to sensors, but has it switched off.`,
        steps: [
          msg`Copy the address below, and open it in a new tab.`,
          msg`Choose "Enabled", then "Relaunch".`,
          msg`Or open this address in Chrome or Edge: there nothing has to be switched on.`,
        ],
      };
    case 'linuxSwitch':
      return {
        why: msg`On Linux, this browser keeps its talk to sensors behind a switch.`,
        steps: [
          msg`Copy the address below, and open it in a new tab.`,
          msg`Choose "Enabled", then "Relaunch".`,
          msg`Or use an Android phone, a Windows computer, a Mac or a Chromebook: there nothing has to be switched on.`,
        ],
      };
    case 'secureAddress':
      return {
        why: msg`This address begins with http. Browsers let only https pages talk to sensors.`,
        steps: [
          msg`Put an s behind http in the address bar, and open it again.`,
          msg`If that does not work, ask who gave you this address for the https one.`,
        ],
      };
    case 'update':
      return {
        why: msg`This browser should be able to talk to sensors, but does not offer it.`,
        steps: [
          msg`Update this browser to its newest version, then open Thora again.`,
          msg`If this device belongs to a company or a clinic, its rules may forbid Bluetooth in browsers: ask who looks after it.`,
        ],
      };
  }
}
