/**
 * A wall for visitors asks the server for what visitors may see, and for nothing else: no topic is watched, no list is read.
 * It is one because the desk made this display one (its account then has no other right), because the address asks for it, or
 * because somebody pressed the key here; a key's time ends by itself after two hours.
 */
import { computed, inject, onScopeDispose, provide, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { Screen } from '../../kernel/begin'
import { Problem, get } from '../../kernel/http'
import { clock } from '../../kernel/clock'
import type { CasualtyField, Iso, Level, SessionInfo, TaskState } from '../../kernel/types'
import { useNow } from '../../kernel/use'

export interface PublicTotal { value: number | null; as_of: Iso | null }
export interface PublicStep { at: Iso; what: 'opened' | 'moved' | 'ordered' | 'arrived'; kind: string; centre: string | null; state: string | null }
/** `GET /wall/public` */
export interface PublicView {
  now: Iso
  /** the desk has made this display one for visitors */
  visitors: boolean
  until: Iso | null
  open: number
  first_at: Iso | null
  levels: Partial<Record<Level | 'none', number>>
  evacuated: PublicTotal
  rescued: PublicTotal
  teams_out: number
  states: Partial<Record<TaskState, number>>
  places: { centre: string; incidents: number; teams: number }[]
  steps: PublicStep[]
}
export type PublicFigure = Extract<CasualtyField, 'evacuated' | 'rescued'>

const LASTS_MS = 7_200_000
const KEPT = 'fengsui.wall.visitor-until'
const byAddress = (): boolean => new URLSearchParams(location.search).get('visitor') === '1'
const heldUntil = (): number => Number(localStorage.getItem(KEPT) ?? 0)

export const madeByDesk = (session: SessionInfo): boolean => session.actor.permissions.includes('screen.wall.visitors')
export const isForVisitors = (session: SessionInfo): boolean => madeByDesk(session) || byAddress() || heldUntil() > clock.now()

/** The key: in and out, as a new page, so that nothing of the other one is left in the browser. */
export function switchHere(session: SessionInfo): void {
  if (madeByDesk(session) || byAddress()) return
  localStorage.setItem(KEPT, String(heldUntil() > clock.now() ? 0 : clock.now() + LASTS_MS))
  location.reload()
}

export interface Visit {
  screen: Screen
  view: ShallowRef<PublicView | null>
  /** server time of the last answer, ms */
  heardAt: Ref<number | null>
  now: Readonly<ShallowRef<number>>
  until: ComputedRef<number | null>
}
const KEY: InjectionKey<Visit> = Symbol('visit')
export const useVisit = (): Visit => inject(KEY)!

const EVERY_MS = 5000
export function openVisit(screen: Screen): Visit {
  const now = useNow()
  const view = shallowRef<PublicView | null>(null)
  const heardAt = ref<number | null>(null)
  const desk = madeByDesk(screen.session)
  let timer: ReturnType<typeof setTimeout>
  const read = async (): Promise<void> => {
    try {
      const said = await get<PublicView>('/wall/public')
      clock.observe(said.now)
      view.value = said
      heardAt.value = clock.now()
      if (said.visitors !== desk) return location.reload()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 401 || error.status === 403) return location.reload()
      console.warn('what visitors may see could not be read, once more soon', error)
    }
    if (!desk && !byAddress() && heldUntil() <= clock.now()) return location.reload()
    timer = setTimeout(() => void read(), EVERY_MS)
  }
  void read()
  onScopeDispose(() => clearTimeout(timer))
  const until = computed(() => {
    if (view.value?.until) return Date.parse(view.value.until)
    return desk || byAddress() ? null : heldUntil()
  })
  const visit: Visit = { screen, view, heardAt, now, until }
  provide(KEY, visit)
  return visit
}
