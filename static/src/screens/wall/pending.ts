/** What waits for a person: maydays and other alarms nobody took, incidents without a team, decisions that a leader is asked for, teams that could not go, owners to confirm. Pure. */
import { ms } from '../../kernel/ages'
import type { Alarm, Task, Waiting } from '../../kernel/types'
import type { Row } from './board'
import { refusals } from './forces'

export interface Pending { id: string; what: 'awaiting' | 'refused' | 'confirm' | 'alarm' | 'decide'; since: number; row?: Row; task?: Task; alarm?: Alarm; waiting?: Waiting }

/** An order nobody answers has a panel of its own; a mayday also hangs on a task and has none. */
const isMayday = (a: Alarm): boolean => a.cause.startsWith('mayday:')

export function pendingOf(rows: Row[], tasks: Task[], alarms: Alarm[], asked: readonly Waiting[] = []): Pending[] {
  const waiting: Pending[] = rows.filter((r) => r.awaiting).map((row) => ({ id: row.incident.id, what: 'awaiting', since: ms(row.incident.received_at), row }))
  const byId = new Map(rows.map((r) => [r.incident.id, r]))
  const refused: Pending[] = refusals(tasks, rows.map((r) => r.incident)).map(({ task, at }) => ({ id: task.id, what: 'refused', since: at, task, row: byId.get(task.incident_id) }))
  const unsure: Pending[] = rows.filter((r) => r.incident.to_confirm).map((row) => ({ id: `confirm:${row.incident.id}`, what: 'confirm', since: ms(row.incident.received_at), row }))
  const unheard: Pending[] = alarms
    .filter((a) => !a.acknowledged_at && !a.cleared_at && (!a.task_id || isMayday(a)) && a.rank === 1 && !(a.incident_id && waiting.some((w) => w.id === a.incident_id)))
    .sort((a, b) => Number(b.life_risk) - Number(a.life_risk) || a.raised_at.localeCompare(b.raised_at))
    .map((alarm) => ({ id: alarm.id, what: 'alarm', since: ms(alarm.raised_at), alarm }))
  const decide: Pending[] = asked.filter((x) => x.state === 'asked')
    .map((x) => ({ id: x.key, what: 'decide', since: ms(x.asked_at), waiting: x, row: x.incident_id ? byId.get(x.incident_id) : undefined }))
  return [...unheard, ...waiting, ...decide, ...refused, ...unsure]
}

/** Behind the rows that have room, a mayday or people at risk are never a number alone. */
export const lifeBehind = (all: Pending[], shown: number): Pending[] =>
  all.slice(shown).filter((p) => (p.alarm ? p.alarm.life_risk : p.what === 'awaiting' && p.row?.incident.life_risk === 'people'))
