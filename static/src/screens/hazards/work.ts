/** What all pieces of the hazards' screen share: one way to act, also without a line, and a deadline in words. */
import type { Screen } from '../../kernel/begin'
import { clock } from '../../kernel/clock'
import { lang, say } from '../../kernel/i18n'
import type { Centre, Hazard, HazardState, Said } from '../../kernel/types'
import { RUNNING, daysLeft } from './steps'
import { t } from './words'

export type Outcome = 'done' | 'kept' | { why: string }
export interface Work { act: (name: string, payload: Record<string, unknown>, label: string, version?: number) => Promise<Outcome> }

/** With a line the answer comes at once; without one it is written down and goes when the line is back. */
export function workOf({ live, outbox }: Screen): Work {
  return {
    async act(name, payload, label, version) {
      if (live.state !== 'live') {
        await outbox.put({ name, payload, label, bulky: 'picture' in payload, ...(version === undefined ? {} : { version }) })
        return 'kept'
      }
      const outcome = await live.do(name, payload, version === undefined ? {} : { version })
      if (outcome.ok) return 'done'
      return { why: say(outcome.problem.body.said as Said | undefined) || outcome.problem.message }
    },
  }
}

export const isLate = (hazard: Hazard): boolean => RUNNING.has(hazard.state) && hazard.deadline !== null && Date.parse(hazard.deadline) < clock.now()
/** What a step is called as something to do: the same state is entered for different reasons. */
export function stepWord(hazard: Pick<Hazard, 'state'>, to: HazardState): string {
  if (to === 'rectifying' && hazard.state === 'extension') return t('answer')
  if (hazard.state === 'lookback') return t(to === 'closed' ? 'passed' : 'recurs')
  if (to === 'closed' && hazard.state !== 'acceptance') return t(hazard.state === 'monitored' ? 'removed' : 'dismissed')
  return t(`to${to.charAt(0).toUpperCase()}${to.slice(1)}` as 'toClosed')
}
/** A township in English by the register's romanisation; nothing is made up. */
export function centreName(centre: Centre | undefined): string {
  if (!centre) return ''
  const roman = lang() === 'en' && centre.pinyin && (centre.kind === 'township' || centre.kind === 'village') ? centre.pinyin : ''
  return roman ? roman.charAt(0).toUpperCase() + roman.slice(1) : centre.name
}
export const actorName = (name: string): string => (name === '系统' ? t('system') : name)
export function dueText(hazard: Hazard): string {
  if (!hazard.deadline || !RUNNING.has(hazard.state)) return hazard.deadline ? '' : t('noDeadline')
  const days = daysLeft(hazard.deadline, clock.now())
  if (isLate(hazard)) return t('late', { n: Math.max(1, -days) })
  return days === 0 ? t('today') : t('left', { n: days })
}
