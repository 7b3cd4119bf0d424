/** The suggestion for the selected incident: asked again when its place, figures or teams change, frozen while it is armed. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Problem, get } from '../../kernel/http'
import type { Incident, SuggestionItem, Suggestions, Task } from '../../kernel/types'
import { arm, chosen, mayFire, outdated, tick, type Armed } from './arming'

export type Row = SuggestionItem & { id: string }
export interface Suggestion {
  current: ShallowRef<Suggestions | null>
  problem: Ref<string | null>
  loading: Ref<boolean>
  armed: ShallowRef<Armed<Row> | null>
  rows: ComputedRef<Row[]>
  ticked: ComputedRef<Set<string>>
  newer: ComputedRef<boolean>
  arm: () => void
  disarm: () => void
  tick: (n: number) => void
  add: (row: Row) => void
  ready: () => boolean
  chosen: () => Row[]
  reload: () => Promise<void>
}

const SHOWN = 4
const AGAIN_MS = 60_000

export function useSuggestion(incident: ComputedRef<Incident | undefined>, rows: ComputedRef<Task[]>, allowed: boolean): Suggestion {
  const current = shallowRef<Suggestions | null>(null)
  const problem = ref<string | null>(null)
  const loading = ref(false)
  const armed = shallowRef<Armed<Row> | null>(null)
  let asked = 0
  let wish = false
  /** Who was sent here, or has just refused, is not offered again, however old the list is that the server gave. */
  const here = computed(() => new Set(rows.value.map((r) => r.team_id)))
  const fresh = computed<Row[]>(() => (current.value?.items ?? []).filter((i) => !here.value.has(i.team.id)).slice(0, SHOWN).map((i) => ({ ...i, id: i.team.id })))
  const defaults = (): string[] => fresh.value.filter((i) => i.default).map((i) => i.id)

  async function reload(): Promise<void> {
    const id = allowed ? incident.value?.id : undefined
    const mine = (asked += 1)
    if (!id) { current.value = null; return }
    loading.value = true
    try {
      const answer = await get<Suggestions>(`/incidents/${id}/suggestions`)
      if (mine !== asked) return
      current.value = answer
      problem.value = null
      if (wish) doArm()
    } catch (error) {
      if (mine !== asked) return
      problem.value = error instanceof Problem ? error.message : String(error)
    } finally {
      if (mine === asked) loading.value = false
    }
  }
  function doArm(): void {
    wish = false
    armed.value = arm(fresh.value, defaults(), performance.now())
  }

  watch(() => incident.value?.id, () => { current.value = null; armed.value = null; wish = false })
  watch(() => basisOf(incident.value, rows.value), () => void reload(), { immediate: true })
  setInterval(() => { if (document.visibilityState === 'visible') void reload() }, AGAIN_MS)

  return {
    current, problem, loading, armed, reload,
    rows: computed(() => armed.value?.items ?? fresh.value),
    ticked: computed(() => armed.value?.ticked ?? new Set(defaults())),
    newer: computed(() => armed.value !== null && outdated(armed.value.items, fresh.value)),
    arm: () => { if (current.value) doArm(); else { wish = true; if (!loading.value) void reload() } },
    disarm: () => { armed.value = null; wish = false },
    tick: (n) => { if (armed.value) armed.value = tick(armed.value, n) },
    add: (row) => { const a = armed.value; if (a) armed.value = { ...a, items: a.items.some((i) => i.id === row.id) ? a.items : [...a.items, row], ticked: new Set([...a.ticked, row.id]) } },
    ready: () => armed.value !== null && mayFire(armed.value, performance.now()),
    chosen: () => (armed.value ? chosen(armed.value) : []),
  }
}

/** What a suggestion rests on, as far as this screen can see it. */
function basisOf(i: Incident | undefined, rows: readonly Task[]): string {
  if (!i) return ''
  return JSON.stringify([i.id, i.kind, i.life_risk, i.level, i.location, i.village_code, i.casualties, rows.map((r) => [r.team_id, r.state])])
}
