/** What the intake form does while hands type: places as they are found, kinds by initials, alike incidents, saving. */
import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { Problem, get } from '../../kernel/http'
import type { Incident, PlaceHit, Text } from '../../kernel/types'
import { allKinds, kindOf, wordZh } from '../../kernel/words'
import { armSuggestion } from './commands'
import type { Desk } from './desk'
import { complete, newDraft, openPayload, placed, reportPayload, roadOf, spotOf, villageOf, type Draft } from './draft'
import { findKinds, parseCoordinates } from './finding'
import { parseRoad } from './roads'
import { textOf } from './say'
import { t } from './words'

export interface Alike { incident: Incident; score: number; why: (string | Text)[] }
export type Intake = ReturnType<typeof useIntake>

export function useIntake(desk: Desk, draft: Ref<Draft>) {
  const d = draft
  const hits = shallowRef<PlaceHit[]>([])
  const chosenHit = ref(0)
  /** the server's index of names is being made: so far it finds what has the letters typed */
  const growing = ref(false)
  const chosenKind = ref(0)
  const alike = shallowRef<Alike[]>([])
  const problem = ref('')
  const asked = ref(0)
  const saving = ref(false)
  let searching: Promise<void> = Promise.resolve()
  let turn = 0

  const kindHits = computed(() => findKinds(allKinds(), d.value.kindTyped))
  const hit = computed<PlaceHit | null>(() => hits.value[chosenHit.value] ?? null)

  function typedWhere(): void {
    chosenHit.value = 0
    d.value.place = null
    d.value.point = parseCoordinates(d.value.whereTyped)
    const mine = (turn += 1)
    const q = d.value.whereTyped.trim()
    if (!q || d.value.point || parseRoad(q)) { hits.value = []; growing.value = false; return }
    searching = get<{ items: PlaceHit[]; growing: boolean }>('/places', { query: { q, limit: 6 } })
      .then((a) => { if (mine === turn) { hits.value = a.items; growing.value = a.growing } })
      .catch((error: unknown) => { if (mine === turn) { hits.value = []; problem.value = error instanceof Problem ? error.message : String(error) } })
  }
  async function acceptPlace(): Promise<void> {
    if (d.value.point || d.value.place) return
    if (!d.value.detail.trim() && parseRoad(d.value.whereTyped)) {
      // The road has a field of its own; this one is free for the township or the village.
      d.value.detail = d.value.whereTyped.trim()
      d.value.whereTyped = ''
      return
    }
    const mine = turn
    await searching
    if (mine === turn) d.value.place = hit.value
  }
  function typedKind(): void { chosenKind.value = 0; d.value.kind = null; asked.value = 0 }
  function acceptKind(): void { if (!d.value.kind) d.value.kind = kindHits.value[chosenKind.value]?.code ?? null }

  const questions = computed(() => (d.value.kind ? kindOf(d.value.kind)?.questions ?? [] : []))
  const question = computed(() => {
    if (!placed(d.value) && !hit.value) return t('q0')
    if (!d.value.kind && kindHits.value.length === 0) return t('q1')
    if (!d.value.risk) return t('q2')
    const said = questions.value[asked.value]
    if (said) return t('sayAloud', { q: textOf(said) })
    return d.value.callerPhone || d.value.callerName ? t('q4') : t('q3')
  })

  /** The road's kilometre asked of the register of posts; who saves waits for the answer. */
  let placing: Promise<void> = Promise.resolve()
  watch(() => JSON.stringify([roadOf(d.value)?.ref, roadOf(d.value)?.km]), () => {
    const road = roadOf(d.value)
    if (!road) { d.value.roadAt = null; return }
    if (d.value.roadAt?.ref === road.ref && d.value.roadAt.km === road.km) return
    placing = get<{ place: { location: { coordinates: [number, number] }; within_m: number; words: { zh: string; en: string } } | null }>('/places/road', { query: { ref: road.ref, km: road.km } })
      .then(({ place }) => { const now = roadOf(d.value); if (now?.ref === road.ref && now.km === road.km) d.value.roadAt = place && { ref: road.ref, km: road.km, point: place.location.coordinates, within_m: place.within_m, words: place.words } })
      .catch((error: unknown) => { if (!(error instanceof Problem)) throw error; d.value.roadAt = null })
  }, { immediate: true })
  const roadKey = (): string => JSON.stringify(roadOf(d.value))
  watch(() => [d.value.place?.code, d.value.point, d.value.kind, roadKey(), d.value.roadAt?.km], async () => {
    if (!placed(d.value) && !d.value.place) { alike.value = []; return }
    const query = { kind: d.value.kind, village_code: villageOf(d.value), lon: spotOf(d.value)?.[0], lat: spotOf(d.value)?.[1], road: roadOf(d.value)?.ref, km: roadOf(d.value)?.km }
    try { alike.value = (await get<{ items: Alike[] }>('/incidents/similar', { query })).items.slice(0, 3) }
    catch (error) { if (!(error instanceof Problem)) throw error; alike.value = [] }
  })

  async function settle(): Promise<boolean> {
    acceptKind()
    await acceptPlace()
    await nextTick()
    await placing
    if (complete(d.value)) return true
    problem.value = !placed(d.value) && d.value.place ? t('onlyTownship') : !placed(d.value) && roadOf(d.value) ? t('roadWhose') : t('missingPlace')
    return false
  }
  async function save(andSend: boolean): Promise<void> {
    if (saving.value || !(await settle())) return
    saving.value = true
    const made = await desk.doing.act<Incident>(t('didOpen'), 'incident.open', openPayload(d.value))
    saving.value = false
    if (!made) { problem.value = desk.doing.last.value?.text ?? ''; return }
    done(made.id)
    if (!andSend) return
    await present(desk, made.id)
    if (desk.selected.value === made.id) armSuggestion(desk)
  }
  /** The call as one more report of an incident that is open already. */
  async function hang(n: number): Promise<void> {
    const to = alike.value[n]?.incident
    if (!to || saving.value) return
    acceptKind()
    await acceptPlace()
    saving.value = true
    const number = desk.numbers.value.held[to.id] ?? to.number
    const payload = { id: to.id, ...reportPayload(d.value, d.value.kind ? kindOf(d.value.kind)?.label.zh ?? '' : '', (f) => wordZh('casualties', f)) }
    const made = await desk.doing.act(t('didMergeReport', { n: number }), 'incident.report', payload)
    saving.value = false
    if (made) done(to.id)
    else problem.value = desk.doing.last.value?.text ?? ''
  }
  function done(id: string): void {
    d.value = newDraft()
    hits.value = []
    desk.selected.value = id
    desk.back()
  }
  return { d, hits, hit, chosenHit, growing, kindHits, chosenKind, alike, problem, asked, saving, questions, question, typedWhere, acceptPlace, typedKind, acceptKind, save, hang }
}

/** Until the journal has brought the new incident to this screen. */
async function present(desk: Desk, id: string): Promise<void> {
  if (!desk.incidents.value.some((i) => i.id === id)) {
    await new Promise<void>((done) => {
      const stop = watch(desk.incidents, (all) => { if (all.some((i) => i.id === id)) { stop(); done() } })
    })
  }
  await nextTick()
}
