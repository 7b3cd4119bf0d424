/** The desk's one state: what is selected, which mode the keys are in, what is armed, what was just done. */
import { computed, inject, provide, ref, shallowRef, watch, watchEffect, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { Screen } from '../../kernel/begin'
import { clock } from '../../kernel/clock'
import { Problem, get } from '../../kernel/http'
import { lang } from '../../kernel/i18n'
import { sound } from '../../kernel/sound'
import type { Alarm, Centre, Delivery, Drawing, Figure, Incident, Link, Reply, Report, Task, Team } from '../../kernel/types'
import { useAll, useCut, useNow, useOne } from '../../kernel/use'
import type { Armed } from './arming'
import { useKeptDraft, type KeptDraft } from './draft_keep'
import { named } from './naming'
import { ringing } from './duty'
import { CALL, mayReveal, phonesOf, type Phone } from './phones'
import { centreName } from './say'
import { sections, taskRows, type Section } from './queue'
import { noNumbers, sameNumbers, settleNumbers, type Numbers } from './sticky'
import { useSuggestion, type Suggestion } from './suggestion'
import { settleThings, thingsToDo, type Thing } from './things'
import { useDoing, type Doing } from './doing'
import { isDead } from './undelivered'
import { useVillage } from './village'

export type SheetName = 'archive' | 'impact' | 'cameras' | 'grade' | 'move' | 'merge' | 'share' | 'handover' | 'reassign' | 'caller' | 'command' | 'edit' | 'point' | 'report' | 'casualties' | 'help' | 'find' | 'terms' | 'teams' | 'roads' | 'more' | 'layers' | 'undelivered' | 'team' | 'instructions' | 'response' | 'sitreps' | 'brief' | 'tracks' | 'warnings' | 'evacuation' | 'callout' | 'needs'
export type Mode =
  | { kind: 'command' }
  | { kind: 'armed' }
  | { kind: 'recall' | 'evacuate'; armed: Armed<Task> }
  | { kind: 'proxy'; rows: Task[]; task: string | null }
  | { kind: 'figure'; choices: Figure[] }
  | { kind: 'thing'; thing: Thing }
  | { kind: 'phones'; list: Phone[]; phone: Phone | null }
  | { kind: 'intake' }
  | { kind: 'sheet'; name: SheetName }

export type Pane = 'map' | 'timeline' | 'facts'

export interface Desk {
  screen: Screen
  county: string
  mode: ShallowRef<Mode>
  selected: Ref<string | null>
  incident: ComputedRef<Incident | undefined>
  incidents: ComputedRef<Incident[]>
  sections: ComputedRef<Section[]>
  numbers: ShallowRef<Numbers>
  tasks: ComputedRef<Task[]>
  rows: ComputedRef<Task[]>
  teams: ComputedRef<Map<string, Team>>
  figures: ComputedRef<Figure[]>
  reports: ComputedRef<Report[]>
  drawings: ComputedRef<Drawing[]>
  alarms: ComputedRef<Alarm[]>
  links: ComputedRef<Link[]>
  centres: ComputedRef<Centre[]>
  phones: ComputedRef<Phone[]>
  /** messages that failed or were missed, the oldest first: what comes later moves none */
  undelivered: ComputedRef<Delivery[]>
  /** SMS to be read: of strangers, or in answer to no task */
  letters: ComputedRef<Reply[]>
  /** the team whose sheet is open */
  shownTeam: Ref<string | null>
  ranked: ComputedRef<Thing[]>
  things: ShallowRef<(Thing | null)[]>
  suggestion: Suggestion
  draft: KeptDraft
  doing: Doing
  pane: Ref<Pane>
  /** tasks taken in hand for another incident (改派) */
  moving: ShallowRef<Task[]>
  /** the row of the suggestion whose reasons are shown in full */
  looked: Ref<number>
  /** the paper page is drawn: only while it is wanted */
  printing: Ref<boolean>
  big: Ref<boolean>
  mutedAt: Ref<string | null>
  /** since when nothing is heard of the server: all that is shown is of then */
  cutAt: ComputedRef<number | null>
  may: (permission: string) => boolean
  /** the chosen incident is this desk's own business: its home centre's, or the county's */
  owns: (i: Incident | undefined) => boolean
  townshipName: (code: string | null | undefined) => string
  /** a name or a place of the register as this language has it */
  named: (text: string) => string
  select: (id: string) => void
  back: () => void
}

const KEY: InjectionKey<Desk> = Symbol('desk')
export function useDesk(): Desk { return inject(KEY)! }

export function makeDesk(screen: Screen): Desk {
  const { store, live, session } = screen
  const county = session.county.code
  const selected = ref<string | null>(null)
  const mode = shallowRef<Mode>({ kind: 'command' })
  const incidents = useAll(store, 'incident', (i) => i.live !== false && !i.merged_into)
  const tasks = useAll(store, 'task')
  const alarms = useAll(store, 'alarm', (a) => !a.cleared_at, (a, b) => a.rank - b.rank || Number(b.life_risk) - Number(a.life_risk) || a.raised_at.localeCompare(b.raised_at))
  const links = useAll(store, 'link')
  const centres = useAll(store, 'centre', undefined, (a, b) => a.code.localeCompare(b.code))
  const shifts = useAll(store, 'duty')
  const allTeams = useAll(store, 'team')
  const allFigures = useAll(store, 'figure')
  const allReports = useAll(store, 'report')
  const allDrawings = useAll(store, 'drawing')
  const now = useNow()
  const teams = computed(() => new Map(allTeams.value.map((t) => [t.id, t])))
  // Also one that has left the lists (误报, 归档, merged): looked at alone, it can be read, reopened or taken out again.
  const incident = useOne(store, 'incident', () => selected.value)
  const rows = computed(() => (selected.value ? taskRows(tasks.value, selected.value) : []))
  const queue = computed(() => sections(incidents.value, links.value))
  const register = useRegister(centres, session.county)
  const owns = (i: Incident | undefined): boolean => !!i && (session.actor.parties.includes('county') || i.centre === session.actor.centre.slice(0, 9) || session.actor.centre === i.centre)
  const ranked = computed(() => thingsToDo({ incidents: incidents.value.filter(owns), tasks: tasks.value, links: links.value, alarms: alarms.value, now: now.value }))
  const doing = useDoing(live)
  const village = useVillage(() => incident.value?.village_code)
  const desk: Desk = {
    screen, county, mode, selected, incident, incidents, sections: queue, numbers: useNumbers(session.actor.id, queue), tasks, rows, teams, alarms, links, centres, ranked,
    figures: computed(() => allFigures.value.filter((f) => f.incident_id === selected.value)),
    reports: computed(() => allReports.value.filter((r) => r.incident_id === selected.value && r.source !== CALL)),
    drawings: computed(() => allDrawings.value.filter((d) => d.incident_id === selected.value)),
    phones: computed(() => phonesOf(incident.value, rows.value, teams.value, village.value ? [...centres.value, village.value] : centres.value, county, session.actor.permissions.includes('line.read') ? mayReveal(session.actor) : () => false, (code) => ringing(shifts.value, code))),
    undelivered: useAll(store, 'delivery', isDead, (a, b) => a.made_at.localeCompare(b.made_at) || a.id.localeCompare(b.id)), shownTeam: ref(null),
    letters: useAll(store, 'reply', (r) => r.live, (a, b) => a.said_at.localeCompare(b.said_at) || a.id.localeCompare(b.id)),
    things: useSettled(ranked, mode), suggestion: useSuggestion(incident, rows, session.actor.permissions.includes('suggest.read')), doing, draft: useKeptDraft(session.actor.id),
    pane: ref<Pane>('map'), moving: shallowRef([]), looked: ref(-1), printing: usePrinting(), big: useBig(), mutedAt: ref(null), cutAt: useCut(live),
    may: (permission) => session.actor.permissions.includes(permission), owns,
    townshipName: (code) => named(register.value, nameOf(centres.value, code)),
    named: (text) => named(register.value, text),
    select: (id) => { if (id === selected.value) return; selected.value = id; mode.value = { kind: 'command' } },
    back: () => { mode.value = { kind: 'command' } },
  }
  watch(selected, (id, before) => {
    if (before) live.unwatch(`incident:${before}`)
    if (id) live.watch(`incident:${id}`)
  })
  // Only the first picture chooses by itself; from then on the hand does.
  const first = watch(queue, (all) => {
    const top = all.flatMap((s) => s.incidents)[0]
    if (top && !selected.value) { selected.value = top.id; queueMicrotask(() => first()) }
  }, { immediate: true })
  watch(alarms, (all) => sound.follow(all.filter((a) => !a.acknowledged_at && !a.silenced_by).map((a) => ({ cause: a.cause, rank: a.rank, lifeRisk: a.life_risk }))), { immediate: true })
  // With the handset up one soft tick stands for every alarm.
  watch(mode, (m) => { sound.onPhone = m.kind === 'intake' || (m.kind === 'phones' && m.phone !== null) })
  provide(KEY, desk)
  return desk
}

function nameOf(centres: readonly Centre[], code: string | null | undefined): string {
  if (!code) return ''
  const found = centres.find((c) => c.code === code) ?? centres.find((c) => c.kind === 'township' && code.startsWith(c.code))
  return found ? centreName(found) : code
}

/** For English names: the townships of the store, the county's own, and the villages, which only a screen in English asks for. */
function useRegister(centres: ComputedRef<Centre[]>, county: Screen['session']['county']): ComputedRef<readonly Centre[]> {
  const villages = shallowRef<Centre[]>([])
  const own = county.name_en ? [{ name: county.name, pinyin: county.name_en, kind: 'township' } as Centre] : []
  let asked = false
  watchEffect(() => {
    if (asked || lang() === 'zh') return
    asked = true
    get<{ items: Centre[] }>('/centres', { query: { kind: 'village', limit: 1000 } }).then((a) => { villages.value = a.items })
      .catch((error: unknown) => { if (!(error instanceof Problem)) throw error })
  })
  return computed(() => [...own, ...centres.value, ...villages.value])
}

/** Kept over a reload: the numbers are known by heart. */
function useNumbers(owner: string, queue: ComputedRef<Section[]>): ShallowRef<Numbers> {
  const key = `fengsui.desk.numbers.2.${owner}`
  const numbers = shallowRef<Numbers>(JSON.parse(localStorage.getItem(key) ?? 'null') ?? noNumbers())
  watch(queue, (all) => {
    const ids = all.flatMap((s) => s.incidents).map((i) => i.id)
    if (ids.length === 0) return
    const next = settleNumbers(numbers.value, ids, clock.now())
    if (sameNumbers(next, numbers.value)) return
    numbers.value = next
    localStorage.setItem(key, JSON.stringify(next))
  }, { immediate: true })
  return numbers
}

/** Frozen while one of them is in hand. */
function useSettled(ranked: ComputedRef<Thing[]>, mode: ShallowRef<Mode>): ShallowRef<(Thing | null)[]> {
  const shown = shallowRef<(Thing | null)[]>([null, null, null])
  watch([ranked, mode], ([all, m]) => {
    if (m.kind !== 'thing') shown.value = settleThings(shown.value.map((s) => s?.id ?? null), all)
  }, { immediate: true })
  return shown
}

/** Ctrl+P of the browser, or the desk's own. */
function usePrinting(): Ref<boolean> {
  const query = matchMedia('print')
  const printing = ref(query.matches)
  query.addEventListener('change', () => { printing.value = query.matches })
  window.addEventListener('beforeprint', () => { printing.value = true })
  window.addEventListener('afterprint', () => { printing.value = false })
  return printing
}

/** The large layout: width ≥ 2200 or height ≥ 1200. */
function useBig(): Ref<boolean> {
  const query = matchMedia('(min-width: 2200px), (min-height: 1200px)')
  const big = ref(query.matches)
  query.addEventListener('change', () => { big.value = query.matches })
  return big
}
