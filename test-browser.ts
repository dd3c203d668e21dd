/** The Chromium that tests start, and how. */
export const CHROMIUM_PATH = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';

/**
 * Chromium loads two pages of its own for the address bar with each new window, which takes longer than loading Thora
 * (`PreloadTopChromeWebUI` and the two popups). Of two such switches the last one counts: what Playwright turns off stands
 * here again.
 */
const DISABLED_FEATURES = [
  'PreloadTopChromeWebUI',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

export const LAUNCH_ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
];

/** For tests that are not about the figure, which is drawn in software here. */
export const NO_FIGURE = '--disable-3d-apis';
