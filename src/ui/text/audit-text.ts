/** What was done behind the door of who looks after patients, in words. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { AuditDeed } from '../../core/recording/audit-chain.ts';

export function deedWords(deed: AuditDeed): MessageDescriptor {
  switch (deed) {
    case 'doorOpened':
      return msg`Opened the door`;
    case 'doorOpenedByCode':
      return msg`Opened the door with the paper code`;
    case 'doorClosed':
      return msg`The door closed`;
    case 'wrongPassphrase':
      return msg`A passphrase that does not fit was tried`;
    case 'lockSet':
      return msg`Set a passphrase`;
    case 'lockChanged':
      return msg`Changed the passphrase`;
    case 'lockRemoved':
      return msg`Took the lock away`;
    case 'clinicNamed':
      return msg`Set up the clinic`;
    case 'patientAdded':
      return msg`Added the patient`;
    case 'patientSeen':
      return msg`Looked at the patient`;
    case 'patientErased':
      return msg`Erased the patient`;
    case 'cardSaved':
      return msg`Saved a card`;
    case 'cardTaken':
      return msg`Opened the patient's card`;
    case 'codeConfirmed':
      return msg`Compared the code`;
    case 'planSigned':
      return msg`Signed a plan`;
    case 'fileSaved':
      return msg`Saved a file for the patient`;
    case 'fileTaken':
      return msg`Opened a file of the patient`;
    case 'fileRefused':
      return msg`A file was refused`;
    case 'messageWritten':
      return msg`Wrote a message`;
    case 'noteWritten':
      return msg`Wrote a note`;
    case 'passportChosen':
      return msg`Chose a kit passport`;
    case 'kitChecked':
      return msg`Checked a kit`;
    case 'recordingOpened':
      return msg`Opened a recording`;
    case 'exported':
      return msg`Exported`;
    case 'backupWritten':
      return msg`Made a backup`;
    case 'serverAgreed':
      return msg`Agreed to a server`;
    case 'serverLeft':
      return msg`Left the server`;
    case 'exchanged':
      return msg`Exchanged with the server`;
    case 'backupRestored':
      return msg`Brought back a backup`;
  }
}
