/** What every part of the wall reads: the store's records in the wall's order, the names, the mode, who looks. */
import type { FeatureCollection } from 'geojson'
import { computed, inject, provide, ref, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { ms } from '../../kernel/ages'
import type { Screen } from '../../kernel/begin'
import { lang } from '../../kernel/i18n'
import type { Alarm, Incident, Task, Team } from '../../kernel/types'
import { useAll, useNow, useVersion } from '../../kernel/use'
import { english } from '../../parts/english'
import { useBase } from './base'
import { boardRows, isActive, modeOf, type Mode, type Row } from './board'
import { contactsOf, type Contacts } from './contact'
import { countForces, doing, unanswered, type Deadline, type Forces } from './forces'
import { namesOf, townshipName, type Names } from './places'
import { totalOf, type Total } from './people'
import { reportsDue, type ReportDue } from './reports'
import { scaleAsked } from './scale'
import { useSummary, type Summary } from './summary'

export interface Scene {
  screen: Screen
  now: Readonly<ShallowRef<number>>
  /** the first snapshot is here: before it nothing may be said of the county */
  ready: ComputedRef<boolean>
  base: ShallowRef<FeatureCollection | null>
  names: ComputedRef<Names>
  mode: ComputedRef<Mode>
  rows: ComputedRef<Row[]>
  active: ComputedRef<Row[]>
  incidents: ComputedRef<Incident[]>
  tasks: ComputedRef<Task[]>
  teams: ComputedRef<Team[]>
  alarms: ComputedRef<Alarm[]>
  forces: ComputedRef<Forces>
  deadlines: ComputedRef<Deadline[]>
  /** what the county owes in reports */
  reports: ComputedRef<ReportDue[]>
  contacts: ComputedRef<Contacts>
  busy: ComputedRef<Map<string, Task>>
  summary: ShallowRef<Summary | null>
  /** type scale of the viewing distance */
  scale: Ref<number>
  index: (incidentId: string) => number | null
  total: (field: Total['field']) => Total
  township: (code: string | null | undefined, short?: boolean) => string
  /** a name, or a sentence with names in it, as this language has them */
  named: (text: string) => string
}
const KEY: InjectionKey<Scene> = Symbol('wall')
export const useScene = (): Scene => inject(KEY)!

export function openScene(screen: Screen): Scene {
  const { store, session } = screen
  const now = useNow()
  const topics = useVersion(store, 'topics')
  const base = useBase()
  const incidents = useAll(store, 'incident')
  const reportings = useAll(store, 'reporting')
  const [tasks, teams, centres, links, alarms] = [useAll(store, 'task'), useAll(store, 'team'), useAll(store, 'centre'), useAll(store, 'link'), useAll(store, 'alarm')]
  /** the order changes with the clock only where ten minutes of waiting pass: once a minute is enough */
  const minute = computed(() => Math.floor(now.value / 15_000) * 15_000)
  const rows = computed(() => boardRows(incidents.value, tasks.value, minute.value))
  /** whom the totals count: an incident that has just ended does not take its people with it */
  const told = computed(() => rows.value.filter((r) => isActive(r.incident) || minute.value - ms(r.incident.received_at) < COUNTED_MS).map((r) => r.incident))
  const numbers = computed(() => new Map(rows.value.map((r) => [r.incident.id, r.index])))
  const names = computed(() => namesOf(centres.value, base.value, session.county, lang()))
  const romanised = computed(() => new Map([...names.value.townships.values()].map((n) => [n.zh, n.en])))
  return provided({
    screen, now, base, names,
    ready: computed(() => { void topics.value; return session.actor.parties.some((party) => store.cursor(party) !== null) }),
    incidents, tasks, teams, alarms, rows,
    active: computed(() => rows.value.filter((r) => isActive(r.incident))),
    mode: computed(() => modeOf(incidents.value, minute.value)),
    forces: computed(() => countForces(teams.value, tasks.value)),
    busy: computed(() => doing(tasks.value)),
    deadlines: computed(() => unanswered(tasks.value, now.value)),
    reports: computed(() => reportsDue(reportings.value, session.county.code, now.value)),
    contacts: computed(() => contactsOf(centres.value, links.value)),
    summary: useSummary(store),
    scale: ref(scaleAsked(location.search)),
    index: (id) => numbers.value.get(id) ?? null,
    total: (field) => totalOf(field, told.value),
    named: (text) => english(text, romanised.value),
    township: (code, short = false) => townshipName(names.value, code, lang(), short),
  })
}

function provided(scene: Scene): Scene {
  provide(KEY, scene)
  return scene
}

const COUNTED_MS = 86_400_000
