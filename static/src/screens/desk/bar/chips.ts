/**
 * What waits, told in the bar: one chip for each slice that has something, each opening its sheet by its key. A slice adds a
 * line to CHIPS; what the bar has no room for stands in the menu, with the count of it on the menu's key.
 */
import { computed, type ComputedRef } from 'vue'
import { useAll, useNow } from '../../../kernel/use'
import { word } from '../../../kernel/words'
import type { Desk, SheetName } from '../desk'
import type { CommandId } from '../keymap'
import { w as forceWord } from '../needs/words'
import { isMine, isOwed, lateNow } from '../orders/steps'
import { w } from '../orders/words'
import { useDue } from '../sitreps'
import { t } from '../words'

export interface Chip {
  /** its sheet, which is also the command whose key opens it */
  name: SheetName & CommandId
  text: string
  /** somebody waits for this desk: told more strongly */
  want: boolean
}
export type ChipOf = (desk: Desk) => ComputedRef<Chip | null>

/** Messages that reached nobody, and letters that nobody has read. */
const undelivered: ChipOf = (desk) => computed(() => {
  const [lost, letters] = [desk.undelivered.value.length, desk.letters.value.length]
  return lost + letters ? { name: 'undelivered', want: true, text: [lost ? t('undeliveredN', { n: lost }) : '', letters ? t('lettersN', { n: letters }) : ''].filter(Boolean).join(' · ') } : null
})

const reports: ChipOf = (desk) => {
  const { due, late } = useDue(desk)
  return computed(() => (due.value.length ? { name: 'sitreps', want: late.value > 0, text: late.value ? t('reportsLate', { n: late.value }) : t('reportsDue', { n: due.value.length }) } : null))
}

/** Instructions that this desk owes an answer. */
const orders: ChipOf = (desk) => {
  const now = useNow()
  const owed = useAll(desk.screen.store, 'instruction', (one) => isOwed(one) && isMine(one, desk.screen.session.actor))
  return computed(() => {
    const late = owed.value.filter((one) => lateNow(one, now.value)).length
    return owed.value.length ? { name: 'instructions', want: late > 0, text: [w('barOrders', { n: owed.value.length }), late ? w('barLate', { n: late }) : ''].filter(Boolean).join(' · ') } : null
  })
}

/** The gravest response that is in force or waits to be approved. */
const response: ChipOf = (desk) => {
  const all = useAll(desk.screen.store, 'response', undefined, (a, b) => (a.level ?? 'R9').localeCompare(b.level ?? 'R9'))
  return computed(() => {
    const first = all.value[0]
    return first ? { name: 'response', want: first.state === 'pending_approval', text: `${first.level ? w('inForce', { level: word('response_levels', first.level) }) : w('response')} ${word('states.response', first.state)}` } : null
  })
}

/** Social forces that wait for work, and people of them who did not come out. */
const forces: ChipOf = (desk) => {
  const all = useAll(desk.screen.store, 'force', (f) => f.live !== false)
  return computed(() => {
    const [waiting, missing] = [all.value.filter((f) => f.state === 'checked_in').length, all.value.reduce((n, f) => n + f.missing, 0)]
    return waiting + missing ? { name: 'needs', want: true, text: [missing ? forceWord('chipMissing', { n: missing }) : '', waiting ? forceWord('chipWait', { n: waiting }) : ''].filter(Boolean).join(' · ') } : null
  })
}

/** The first have room first. */
export const CHIPS: readonly ChipOf[] = [undelivered, forces, reports, response, orders]
