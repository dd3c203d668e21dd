import { useLingui } from '@lingui/react/macro';
import Activity from 'lucide-react/icons/activity';
import BookOpen from 'lucide-react/icons/book-open';
import ChartLine from 'lucide-react/icons/chart-line';
import ClipboardCheck from 'lucide-react/icons/clipboard-check';
import CircleUser from 'lucide-react/icons/circle-user';
import House from 'lucide-react/icons/house';
import Info from 'lucide-react/icons/info';
import List from 'lucide-react/icons/list';
import Cpu from 'lucide-react/icons/cpu';
import Settings from 'lucide-react/icons/settings';
import Users from 'lucide-react/icons/users';
import Waves from 'lucide-react/icons/waves';
import { useEffect, type ReactNode } from 'react';
import { usePreferences, type Door } from '../stores/preferences-store.ts';
import { Shell } from './Shell.tsx';

/** Who comes in by a deep link has chosen that door, unless one was chosen before. */
function useDoor(door: Door): void {
  const chosen = usePreferences((preferences) => preferences.door);
  const change = usePreferences((preferences) => preferences.change);
  useEffect(() => {
    if (chosen === null) change({ door });
  }, [chosen, change, door]);
}

export function PatientShell({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  return (
    <Shell
      places={[
        { href: '/today', label: t`Today`, icon: House },
        { href: '/progress', label: t`Progress`, icon: ChartLine },
        { href: '/learn', label: t`Learn`, icon: BookOpen },
        { href: '/settings', label: t`Me`, icon: CircleUser },
      ]}
    >
      {children}
    </Shell>
  );
}

export function ClinicianShell({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  useDoor('patients');
  return (
    <Shell
      places={[
        { href: '/patients', label: t`Patients`, icon: Users },
        { href: '/patients/kits', label: t`Kits`, icon: ClipboardCheck },
        { href: '/sessions', label: t`Sessions`, icon: Activity },
        { href: '/settings', label: t`Settings`, icon: Settings },
      ]}
    >
      {children}
    </Shell>
  );
}

export function WorkshopShell({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  useDoor('build');
  return (
    <Shell
      places={[
        { href: '/workshop', label: t`Recordings`, icon: List },
        { href: '/workshop/virtual-kit', label: t`Virtual kit`, icon: Waves },
        { href: '/workshop/sensors', label: t`Sensors`, icon: Cpu },
        { href: '/workshop/about', label: t`About`, icon: Info },
      ]}
    >
      {children}
    </Shell>
  );
}

/** Pages that belong to every door keep the bar of the door one came through. */
export function DoorShell({ children }: { readonly children: ReactNode }) {
  const door = usePreferences((preferences) => preferences.door);
  if (door === 'build') return <WorkshopShell>{children}</WorkshopShell>;
  if (door === 'patients') return <ClinicianShell>{children}</ClinicianShell>;
  return <PatientShell>{children}</PatientShell>;
}
