import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { RunningSession } from './components/BeginSession.tsx';
import { PageGuard } from './components/PageGuard.tsx';
import { PeopleGate } from './components/PeopleGate.tsx';
import { activateLocale } from './locale.ts';
import { TodayScreen } from './screens/TodayScreen.tsx';
import { WelcomeScreen } from './screens/WelcomeScreen.tsx';
import { RoomProvider, type Room } from './services-context.ts';
import { usePreferences } from './stores/preferences-store.ts';
import { useTheme } from './theme.ts';

/** Pages that are not needed for the first screen come when they are opened. */
const AboutScreen = lazy(async () => ({ default: (await import('./screens/AboutScreen.tsx')).AboutScreen }));
const BrowserScreen = lazy(async () => ({
  default: (await import('./screens/BrowserScreen.tsx')).BrowserScreen,
}));
const ComingInScreen = lazy(async () => ({
  default: (await import('./screens/coming-in/ComingInScreen.tsx')).ComingInScreen,
}));
const ComparePage = lazy(async () => ({ default: (await import('./screens/ComparePage.tsx')).ComparePage }));
const DataScreen = lazy(async () => ({ default: (await import('./screens/DataScreen.tsx')).DataScreen }));
const DoorGate = lazy(async () => ({ default: (await import('./components/DoorGate.tsx')).DoorGate }));
const ExercisePage = lazy(async () => ({
  default: (await import('./screens/ExercisePage.tsx')).ExercisePage,
}));
const ExercisesScreen = lazy(async () => ({
  default: (await import('./screens/ExercisesScreen.tsx')).ExercisesScreen,
}));
const OwnSessionScreen = lazy(async () => ({
  default: (await import('./screens/OwnSessionScreen.tsx')).OwnSessionScreen,
}));
const PlanScreen = lazy(async () => ({ default: (await import('./screens/PlanScreen.tsx')).PlanScreen }));
const BenchScreen = lazy(async () => ({
  default: (await import('./screens/kits/BenchScreen.tsx')).BenchScreen,
}));
const HomeKitScreen = lazy(async () => ({
  default: (await import('./screens/kits/HomeKitScreen.tsx')).HomeKitScreen,
}));
const KitsScreen = lazy(async () => ({
  default: (await import('./screens/kits/KitsScreen.tsx')).KitsScreen,
}));
const PassportPage = lazy(async () => ({
  default: (await import('./screens/kits/PassportPage.tsx')).PassportPage,
}));
const LearnScreen = lazy(async () => ({ default: (await import('./screens/LearnScreen.tsx')).LearnScreen }));
const ModulePage = lazy(async () => ({ default: (await import('./screens/ModulePage.tsx')).ModulePage }));
const ClinicPatientPage = lazy(async () => ({
  default: (await import('./screens/clinic/PatientPage.tsx')).PatientPage,
}));
const ClinicServerPage = lazy(async () => ({
  default: (await import('./screens/clinic/ClinicServerPage.tsx')).ClinicServerPage,
}));
const ServerArrivalPage = lazy(async () => ({
  default: (await import('./screens/clinic/ServerArrivalPage.tsx')).ServerArrivalPage,
}));
const ReviewPage = lazy(async () => ({
  default: (await import('./screens/clinic/ReviewPage.tsx')).ReviewPage,
}));
const PlanEditor = lazy(async () => ({
  default: (await import('./screens/clinic/PlanEditor.tsx')).PlanEditor,
}));
const LeaveBehindPage = lazy(async () => ({
  default: (await import('./screens/clinic/LeaveBehindPage.tsx')).LeaveBehindPage,
}));
const TakeScreen = lazy(async () => ({ default: (await import('./screens/TakeScreen.tsx')).TakeScreen }));
const AuditPage = lazy(async () => ({
  default: (await import('./screens/clinic/AuditPage.tsx')).AuditPage,
}));
const FromClinicScreen = lazy(async () => ({
  default: (await import('./screens/clinic/FromClinicScreen.tsx')).FromClinicScreen,
}));
const PatientsScreen = lazy(async () => ({
  default: (await import('./screens/PatientsScreen.tsx')).PatientsScreen,
}));
const ProgressScreen = lazy(async () => ({
  default: (await import('./screens/ProgressScreen.tsx')).ProgressScreen,
}));
const ProgressTilePage = lazy(async () => ({
  default: (await import('./screens/ProgressTilePage.tsx')).ProgressTilePage,
}));
const OwnReportPage = lazy(async () => ({
  default: (await import('./screens/report/OwnReportPage.tsx')).OwnReportPage,
}));
const ClinicReportPage = lazy(async () => ({
  default: (await import('./screens/report/ClinicReportPage.tsx')).ClinicReportPage,
}));
const QuestionsScreen = lazy(async () => ({
  default: (await import('./screens/QuestionsScreen.tsx')).QuestionsScreen,
}));
const RecordingsScreen = lazy(async () => ({
  default: (await import('./screens/RecordingsScreen.tsx')).RecordingsScreen,
}));
const ReminderWatch = lazy(async () => ({
  default: (await import('./components/ReminderWatch.tsx')).ReminderWatch,
}));
const RemindersScreen = lazy(async () => ({
  default: (await import('./screens/RemindersScreen.tsx')).RemindersScreen,
}));
const DoctorPage = lazy(async () => ({
  default: (await import('./screens/safety/DoctorPage.tsx')).DoctorPage,
}));
const SafetyGate = lazy(async () => ({ default: (await import('./components/SafetyGate.tsx')).SafetyGate }));
const SafetyScreen = lazy(async () => ({
  default: (await import('./screens/safety/SafetyScreen.tsx')).SafetyScreen,
}));
const SensorsScreen = lazy(async () => ({
  default: (await import('./screens/SensorsScreen.tsx')).SensorsScreen,
}));
const SessionPage = lazy(async () => ({ default: (await import('./screens/SessionPage.tsx')).SessionPage }));
const SessionsScreen = lazy(async () => ({
  default: (await import('./screens/SessionsScreen.tsx')).SessionsScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('./screens/SettingsScreen.tsx')).SettingsScreen,
}));
const TestsScreen = lazy(async () => ({ default: (await import('./screens/TestsScreen.tsx')).TestsScreen }));
const VirtualKitScreen = lazy(async () => ({
  default: (await import('./screens/VirtualKitScreen.tsx')).VirtualKitScreen,
}));
const loadSessionScreen = () => import('./screens/session/SessionScreen.tsx');
const SessionScreen = lazy(async () => ({ default: (await loadSessionScreen()).SessionScreen }));
/** Once the first page stands, the one that its button opens is fetched: no blank page in between. */
const PREFETCH_AFTER_MS = 800;

/**
 * Every page has an address behind the #, so that any static host serves it, a deep link reloads, and the app works
 * from a folder as well as from the root of a domain.
 */
export function App({ room }: { readonly room: Room }) {
  const theme = useTheme();
  const locale = usePreferences((preferences) => preferences.locale);
  const [shown, setShown] = useState(i18n.locale);
  // Before any effect: what is drawn on a canvas reads its colours there.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    const timer = setTimeout(() => void loadSessionScreen().catch(() => undefined), PREFETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
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
          <PageGuard address="">
            <PeopleGate>
              <RunningSession />
              <Suspense fallback={null}>
                <ReminderWatch />
              </Suspense>
              <GuardedPages />
            </PeopleGate>
          </PageGuard>
        </Router>
      </RoomProvider>
    </I18nProvider>
  );
}

function GuardedPages() {
  const [path] = useLocation();
  return (
    <PageGuard address={path}>
      <Suspense fallback={null}>
        <Pages />
      </Suspense>
    </PageGuard>
  );
}

/** Pages from which something can be started, and those of what is to be done: a lock stands before them. */
const GATED = /^\/(?:today|session|exercises|plan|questions)(?:\/|$)/;
/** To read only: an emergency alone leaves no time for them. */
const READ_ONLY = /^\/(?:progress|learn)(?:\/|$)/;

/** Who exercises, or wants another door, is not stopped at the one of who looks after patients. */
const UNLOCKED = ['/welcome', '/session', '/safety'];

function Pages() {
  const door = usePreferences((preferences) => preferences.door);
  const [path] = useLocation();
  const isPatients =
    path === '/patients' ||
    path.startsWith('/patients/') ||
    (door === 'patients' && !UNLOCKED.includes(path));
  const home = door === 'exercise' ? '/today' : door === 'patients' ? '/patients' : '/workshop';
  const pages = (
    <Switch>
      <Route path="/">{door === null ? <WelcomeScreen /> : <Redirect to={home} replace />}</Route>
      <Route path="/welcome">
        <WelcomeScreen />
      </Route>
      <Route path="/today">
        <TodayScreen />
      </Route>
      <Route path="/plan">
        <PlanScreen />
      </Route>
      <Route path="/coming-in">
        <ComingInScreen />
      </Route>
      <Route path="/today/own">
        <OwnSessionScreen />
      </Route>
      <Route path="/today/tests">
        <TestsScreen />
      </Route>
      <Route path="/session">
        <SessionScreen />
      </Route>
      <Route path="/questions">
        <QuestionsScreen />
      </Route>
      <Route path="/progress">
        <ProgressScreen />
      </Route>
      <Route path="/progress/report">
        <OwnReportPage />
      </Route>
      <Route path="/progress/:id">
        <ProgressTilePage />
      </Route>
      <Route path="/learn">
        <LearnScreen />
      </Route>
      <Route path="/learn/:id">
        <ModulePage />
      </Route>
      <Route path="/reminders">
        <RemindersScreen />
      </Route>
      <Route path="/safety">
        <SafetyScreen />
      </Route>
      <Route path="/safety/doctor">
        <DoctorPage />
      </Route>
      <Route path="/sessions">
        <SessionsScreen />
      </Route>
      <Route path="/sessions/:id">
        <SessionPage />
      </Route>
      <Route path="/compare/:a/:b">
        <ComparePage />
      </Route>
      <Route path="/exercises">
        <ExercisesScreen />
      </Route>
      <Route path="/exercises/:slug">
        <ExercisePage />
      </Route>
      <Route path="/settings">
        <SettingsScreen />
      </Route>
      <Route path="/settings/data">
        <DataScreen />
      </Route>
      <Route path="/browser">
        <BrowserScreen />
      </Route>
      <Route path="/patients">
        <PatientsScreen />
      </Route>
      <Route path="/patients/server">
        <ClinicServerPage />
      </Route>
      <Route path="/patients/server/arrival">
        <ServerArrivalPage />
      </Route>
      <Route path="/settings/clinic/arrival">
        <ServerArrivalPage />
      </Route>
      <Route path="/patients/log">
        <AuditPage />
      </Route>
      <Route path="/patients/one/:id">
        <ClinicPatientPage />
      </Route>
      <Route path="/patients/one/:id/review">
        <ReviewPage />
      </Route>
      <Route path="/patients/one/:id/plan">
        <PlanEditor />
      </Route>
      <Route path="/patients/one/:id/leave">
        <LeaveBehindPage />
      </Route>
      <Route path="/patients/one/:id/report">
        <ClinicReportPage />
      </Route>
      <Route path="/take">
        <TakeScreen />
      </Route>
      <Route path="/settings/clinic">
        <FromClinicScreen />
      </Route>
      <Route path="/patients/kits">
        <KitsScreen />
      </Route>
      <Route path="/patients/kits/bench">
        <BenchScreen />
      </Route>
      <Route path="/patients/kits/:id">
        <PassportPage base="/patients/kits" />
      </Route>
      <Route path="/settings/kit">
        <HomeKitScreen />
      </Route>
      <Route path="/settings/kit/:id">
        <PassportPage base="/settings/kit" />
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
        {/* Not by way of "/": the redirect there would be this one, which has done its work. */}
        <Redirect to={door === null ? '/welcome' : home} replace />
      </Route>
    </Switch>
  );
  const isReadOnly = READ_ONLY.test(path);
  const gated =
    isReadOnly || GATED.test(path) ? <SafetyGate emergencyOnly={isReadOnly}>{pages}</SafetyGate> : pages;
  return isPatients ? <DoorGate>{gated}</DoorGate> : gated;
}
