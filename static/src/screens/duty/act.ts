/** What the panes of the duty screen share: one way to act with its refusal in words, names, times, and reads that follow the journal. */
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { day, hm } from '../../kernel/ages'
import type { Screen } from '../../kernel/begin'
import { Problem, get } from '../../kernel/http'
import { lang, say } from '../../kernel/i18n'
import { session } from '../../kernel/session'
import type { Base, Centre, Said } from '../../kernel/types'

export interface Doing { why: Ref<string>; busy: Ref<boolean>; act: <T = Base>(name: string, payload: Record<string, unknown>, version?: number) => Promise<T | null> }

/** A refusal stands where the key was pressed until the next press. */
export function useDoing({ live }: Screen): Doing {
  const [why, busy] = [ref(''), ref(false)]
  return {
    why, busy,
    async act<T>(name: string, payload: Record<string, unknown>, version?: number): Promise<T | null> {
      busy.value = true
      why.value = ''
      const outcome = await live.do<T>(name, payload, version === undefined ? {} : { version })
      busy.value = false
      if (outcome.ok) return outcome.result
      why.value = say(outcome.problem.body.said as Said | undefined) || outcome.problem.message
      return null
    },
  }
}

/** A question over HTTP, asked again when an entry of these kinds was told or the line is back. */
export function useAsked<T>(screen: Screen, path: () => string | null, kinds: readonly string[]): { value: ShallowRef<T | null>; why: Ref<string> } {
  const value = shallowRef<T | null>(null) as ShallowRef<T | null>
  const why = ref('')
  let turn = 0
  async function again(): Promise<void> {
    const [mine, asked] = [++turn, path()]
    if (!asked) return
    try {
      const found = await get<T>(asked)
      if (mine === turn) { value.value = found; why.value = '' }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (mine === turn) why.value = error.message
    }
  }
  watch(path, () => void again(), { immediate: true })
  let was = screen.live.state
  onBeforeUnmount(screen.live.onChange(() => { if (screen.live.state === 'live' && was !== 'live') void again(); was = screen.live.state }))
  onBeforeUnmount(screen.store.onEntry((entry) => { if (kinds.some((kind) => entry.type.startsWith(kind))) void again() }))
  return { value, why }
}

export function centreName(centres: readonly Centre[], code: string, fallback = code): string {
  const found = centres.find((one) => one.id === code)
  if (!found) return fallback
  if (lang() === 'en' && found.kind === 'county') return session()?.county.name_en ?? found.name
  const roman = lang() === 'en' && (found.kind === 'township' || found.kind === 'village') ? found.pinyin : ''
  return roman ? roman.charAt(0).toUpperCase() + roman.slice(1) : found.name
}
/** Day and hour: a shift is rarely only of today. */
export const at = (time: string | number): string => `${day(time, lang())} ${hm(time)}`
const DAY = 86_400_000
/** The county's day of a time, as `2026-11-22`. */
export const dayOf = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10)
export const midnight = (d: string): number => Date.parse(`${d}T00:00:00+08:00`)
export const plusDays = (d: string, n: number): string => dayOf(midnight(d) + n * DAY)
export function mondayOf(d: string): string { return plusDays(d, -((new Date(`${d}T00:00:00Z`).getUTCDay() + 6) % 7)) }
/** What `<input type="datetime-local">` holds, by the county's clocks whatever the machine's zone. */
export const toLocal = (iso: string): string => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16)
export const fromLocal = (text: string): string => new Date(`${text}:00+08:00`).toISOString()
