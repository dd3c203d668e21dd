import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { useEffect, useState } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { activateLocale } from './locale.ts';
import { AboutScreen } from './screens/AboutScreen.tsx';
import { PatientsScreen } from './screens/PatientsScreen.tsx';
import { RecordingsScreen } from './screens/RecordingsScreen.tsx';
import { SensorsScreen } from './screens/SensorsScreen.tsx';
import { SessionPage } from './screens/SessionPage.tsx';
import { SessionsScreen } from './screens/SessionsScreen.tsx';
import { SettingsScreen } from './screens/SettingsScreen.tsx';
import { TodayScreen } from './screens/TodayScreen.tsx';
import { VirtualKitScreen } from './screens/VirtualKitScreen.tsx';
import { WelcomeScreen } from './screens/WelcomeScreen.tsx';
import { SessionScreen } from './screens/session/SessionScreen.tsx';
import { RoomProvider, type Room } from './services-context.ts';
import { usePreferences } from './stores/preferences-store.ts';
import { useTheme } from './theme.ts';

/**
 * Every page has an address behind the #, so that any static host serves it, a deep link reloads, and the app works
 * from a folder as well as from the root of a domain.
 */
export function App({ room }: { readonly room: Room }) {
  const theme = useTheme();
  const locale = usePreferences((preferences) => preferences.locale);
  const [shown, setShown] = useState(i18n.locale);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    let over = false;
    activateLocale(locale).then(
      () => {
        if (!over) setShown(locale);
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [locale]);
  return (
    <I18nProvider i18n={i18n} key={shown}>
      <RoomProvider value={room}>
        <Router hook={useHashLocation}>
          <Pages />
        </Router>
      </RoomProvider>
    </I18nProvider>
  );
}

function Pages() {
  const door = usePreferences((preferences) => preferences.door);
  const home = door === 'exercise' ? '/today' : door === 'patients' ? '/patients' : '/workshop';
  return (
    <Switch>
      <Route path="/">{door === null ? <WelcomeScreen /> : <Redirect to={home} replace />}</Route>
      <Route path="/welcome">
        <WelcomeScreen />
      </Route>
      <Route path="/today">
        <TodayScreen />
      </Route>
      <Route path="/session">
        <SessionScreen />
      </Route>
      <Route path="/sessions">
        <SessionsScreen />
      </Route>
      <Route path="/sessions/:id">
        <SessionPage />
      </Route>
      <Route path="/settings">
        <SettingsScreen />
      </Route>
      <Route path="/patients">
        <PatientsScreen />
      </Route>
      <Route path="/workshop">
        <RecordingsScreen />
      </Route>
      <Route path="/workshop/virtual-kit">
        <VirtualKitScreen />
      </Route>
      <Route path="/workshop/sensors">
        <SensorsScreen />
      </Route>
      <Route path="/workshop/about">
        <AboutScreen />
      </Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  );
}
