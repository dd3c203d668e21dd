import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { isReminderWelcome, minutesToReminder, reminderSetting } from '../../core/care/outcomes/reminder.ts';
import { showNotification } from '../local-notification.ts';
import { useRoom } from '../services-context.ts';
import { isUnderWay } from '../stores/session-flow-state.ts';

const MS_PER_MINUTE = 60_000;
/** Timers of a sleeping page are late; later than this the moment has passed. */
const LATEST_MINUTES = 30;

/** While the app is open: one note at the chosen time, none on a day that has had its session, none during one. */
export function ReminderWatch() {
  const { t } = useLingui();
  const { services, session } = useRoom();
  const title = t`Your session, when it suits you`,
    body = t`A short one counts too.`;
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = async (): Promise<void> => {
      const entries = await services.journal.read();
      if (over) return;
      clearTimeout(timer);
      const now = new Date();
      const minute = now.getHours() * 60 + now.getMinutes() + now.getSeconds() / 60;
      const minutes = minutesToReminder(reminderSetting(entries), now.getDay(), minute);
      if (minutes === null) return;
      const dueMs = Date.now() + minutes * MS_PER_MINUTE;
      timer = setTimeout(() => void remind(dueMs), minutes * MS_PER_MINUTE);
    };
    const remind = async (dueMs: number): Promise<void> => {
      const isLate = Date.now() - dueMs > LATEST_MINUTES * MS_PER_MINUTE;
      const entries = await services.journal.read();
      if (over) return;
      const isWelcome = !isLate && !isUnderWay(session.getState().flow);
      if (isWelcome && isReminderWelcome(entries, services.journal.now()))
        await showNotification(title, body);
      await wait();
    };
    const start = (): void => void wait().catch(() => undefined);
    start();
    const unsubscribe = services.journal.onChange(start);
    return () => {
      over = true;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [services, session, title, body]);
  return null;
}
