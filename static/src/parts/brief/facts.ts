/** The first four lines: when and where, people, forces, what was done. Each from the records alone; unknown is said as unknown. Pure. */
import { isStale, ms } from '../../kernel/ages'
import { lang } from '../../kernel/i18n'
import { CASUALTY_FIELDS, type CasualtyField, type Incident, type Task } from '../../kernel/types'
import { isGraded, kindLabel, word } from '../../kernel/words'
import { latest, oldest, type Line, type Scene } from './scene'
import { clip, clockSaid, sentence } from './text'
import { w } from './words'

/** How much each line may say, so that all eight are read in a minute: characters of Chinese, words of English. */
export const ROOM = {
  zh: { where: 32, people: 44, forces: 34, done: 32, next: 38, decide: 34, cut: 26, reports: 34 },
  en: { where: 18, people: 24, forces: 17, done: 15, next: 20, decide: 16, cut: 12, reports: 16 },
} as const

/** Where it is, as people name it; what people wrote is cut before it fills the line. */
export function placeOf(scene: Scene, i: Incident): string {
  const said = i.place_text ?? i.title.split('・')[1] ?? ''
  const home = scene.centres.find((c) => c.id === i.centre && c.kind === 'township')?.name ?? ''
  const whole = said && home && !said.startsWith(home) ? `${home}${said}` : said || home || i.title
  return clip(scene.named(whole.replace(/\s+/g, lang() === 'zh' ? '' : ' ')), lang() === 'zh' ? 14 : 7)
}
const short = (text: string): string => clip(text, lang() === 'zh' ? 14 : 8)

export function where(scene: Scene, one: boolean): Line {
  const [i] = scene.incidents
  const room = ROOM[lang()].where
  if (one && i) {
    const kind = lang() === 'zh' ? kindLabel(i.kind) : kindLabel(i.kind).toLowerCase()
    const clauses = [w('heardOf', { at: clockSaid(ms(i.received_at), scene.now, true), place: placeOf(scene, i), kind })]
    if (isGraded(i.kind)) clauses.push(i.level ? w('graded', { level: word('levels', i.level) }) : w('ungraded'))
    if (i.life_risk === 'possible') clauses.push(w('possibleRisk'))
    if (i.location_basis === 'none') clauses.push(w('placePending'))
    return { code: 'where', text: sentence([clauses.join(w('comma'))], room), at: ms(i.received_at) }
  }
  const at = clockSaid(scene.now, scene.now)
  const head = w(scene.incidents.length ? 'night' : 'nightNone', { at, n: scene.incidents.length })
  const named = scene.incidents.map((x) => w('oneOf', { place: placeOf(scene, x), kind: lang() === 'zh' ? kindLabel(x.kind) : kindLabel(x.kind).toLowerCase() }))
  const warned = scene.warnings.filter((x) => x.state === 'relayed' || x.state === 'issued' || x.state === 'updated').map((x) => w('warned', { title: x.title[lang()] || x.title.zh }))
  return { code: 'where', text: sentence([head, ...warned.slice(0, 1), ...named, ...warned.slice(1)], room), at: latest([...scene.incidents.map((x) => x.updated_at), ...scene.warnings.map((x) => x.updated_at)]) }
}

/** What is asked first of any incident; that one of these was not reported is said. */
const GRAVE: readonly CasualtyField[] = ['dead', 'missing', 'trapped']
const nameOf = (field: CasualtyField): string => (lang() === 'zh' ? word('casualties', field) : word('casualties', field).toLowerCase())
const counted = (field: CasualtyField, n: number): string => w('figure', { word: nameOf(field), n })

export function people(scene: Scene, one: boolean): Line {
  const told = CASUALTY_FIELDS.filter((f) => scene.incidents.some((i) => i.casualties[f] !== null))
  const asOf = oldest(scene.incidents.flatMap((i) => told.map((f) => (i.casualties[f] === null ? null : i.figures[f]?.as_of ?? i.updated_at))))
  const old = asOf !== null && isStale('casualty', asOf, scene.now)
  if (told.length === 0) return { code: 'people', text: sentence([w(scene.incidents.length ? 'nobodyTold' : 'noCut')], ROOM[lang()].people), at: latest(scene.incidents.map((i) => i.updated_at)) }
  const clauses = told.map((f) => (one ? ofOne(scene.incidents[0]!, f) : ofAll(scene.incidents, f)))
  const must = told.filter((f) => GRAVE.includes(f)).length
  const untold = one ? GRAVE.filter((f) => !told.includes(f)) : []
  const silent = one ? 0 : scene.incidents.filter((i) => CASUALTY_FIELDS.every((f) => i.casualties[f] === null)).length
  const gap = untold.length ? [w('restUntold', { list: untold.map(nameOf).join(w('list')) })] : silent ? [w('untoldIn', { n: silent })] : []
  return { code: 'people', text: sentence([...clauses.slice(0, must), ...gap, ...clauses.slice(must)], ROOM[lang()].people, Math.max(1, must + gap.length)), at: asOf, old }
}

function ofOne(i: Incident, field: CasualtyField): string {
  const figure = i.figures[field]
  const others = (figure?.others ?? []).filter((n) => n !== i.casualties[field])
  const notes = [...(figure && !figure.confirmed ? [w('doubt')] : []), ...(others.length ? [w('rival', { list: others.slice(0, 2).join(w('list')) })] : [])]
  return counted(field, i.casualties[field]!) + (notes.length ? w('bracket', { text: notes.join(w('comma')) }) : '')
}

function ofAll(incidents: readonly Incident[], field: CasualtyField): string {
  const known = incidents.filter((i) => i.casualties[field] !== null)
  const sum = (rows: readonly Incident[]): number => rows.reduce((n, i) => n + i.casualties[field]!, 0)
  const doubtful = sum(known.filter((i) => i.figures[field]?.confirmed !== true))
  return counted(field, sum(known)) + (doubtful ? w('bracket', { text: w('somewhat', { n: doubtful }) }) : '')
}

const STEPS = [['working', 'working'], ['on_scene', 'onScene'], ['enroute', 'enroute'], ['assembling', 'assembling'], ['accepted', 'accepted'], ['ordered', 'ordered']] as const
export const isLate = (task: Task, now: number): boolean => task.state === 'ordered' && !!task.accept_due_at && now > ms(task.accept_due_at)
const stepAt = (task: Task): string | null => task.times[task.state] ?? task.ordered_at

export function forces(scene: Scene): Line {
  const sent = scene.tasks.filter((x) => !['reserved', 'refused', 'cancelled', 'returned', 'recalled'].includes(x.state))
  const at = latest((sent.length ? sent : scene.tasks).map(stepAt))
  if (sent.length === 0) {
    const back = scene.tasks.some((x) => x.state === 'returned')
    return { code: 'forces', text: sentence([w(back ? 'allBack' : 'none')], ROOM[lang()].forces), at }
  }
  const late = sent.filter((x) => isLate(x, scene.now))
  const counts = STEPS.flatMap(([state, key]) => { const n = sent.filter((x) => x.state === state).length; return n ? [w(key, { n })] : [] })
  const leaving = sent.filter((x) => x.state === 'withdrawn' || x.state === 'evacuated').length
  const head = w('sent', { n: sent.length }) + (lang() === 'zh' ? '：' : ': ') + [...counts, ...(leaving ? [w('leaving', { n: leaving })] : [])].join(w('comma'))
  const press = late.length === 1 ? [w('lateOne', { team: short(scene.named(late[0]!.team_name)) })] : late.length ? [w('lateMany', { n: late.length })] : []
  return { code: 'forces', text: sentence([head, ...press], ROOM[lang()].forces, 2), at, want: late.length > 0 }
}

function called(scene: Scene): string[] {
  const sum = (of: 'total' | 'acted'): number => scene.callouts.reduce((n, l) => n + l.counts[of], 0)
  return scene.callouts.length ? [w('called', { n: sum('total'), left: sum('total') - sum('acted') })] : []
}
/** Of whom somebody stated that they left; a zone of which nobody said anything is said as such. */
function moved(scene: Scene): string[] {
  if (!scene.zones.length) return []
  const n = scene.zones.reduce((sum, z) => sum + z.people, 0)
  const told = scene.zones.filter((z) => z.figures.people_done)
  if (!told.length) return [w('movedUntold', { n, k: scene.zones.length })]
  return [w('moved', { n, done: told.reduce((sum, z) => sum + z.figures.people_done!.value, 0) }) + (told.length < scene.zones.length ? w('bracket', { text: w('untoldZones', { k: scene.zones.length - told.length }) }) : '')]
}

export function done(scene: Scene): Line {
  const active = scene.responses.filter((r) => r.state === 'active' || r.state === 'adjusted')
  const finished = scene.instructions.filter((x) => x.state === 'done' || x.state === 'verified')
  const out = scene.instructions.filter((x) => x.state !== 'draft' && x.state !== 'cancelled')
  const areas = scene.dangers.filter((d) => d.state === 'in_force')
  const shut = scene.closures.filter((c) => c.state === 'closed')
  const pulled = scene.tasks.filter((x) => x.state === 'evacuated')
  const clauses = [
    ...(pulled.length ? [w('evacuate', { n: pulled.length })] : []),
    ...active.map((r) => w('begun', { level: r.level ? word('response_levels', r.level) : '' })),
    ...called(scene), ...moved(scene),
    ...(out.length ? [w('issued', { n: out.length, done: finished.length })] : []),
    ...(areas.length ? [w('dangerAreas', { n: areas.length })] : []), ...(shut.length ? [w('closed', { n: shut.length })] : []),
    ...finished.map((x) => w('doneWhat', { text: short(x.text) })),
  ]
  const at = latest([...active.map((r) => r.times[r.state]), ...out.map((x) => x.updated_at), ...areas.map((d) => d.updated_at), ...shut.map((c) => c.updated_at), ...pulled.map(stepAt), ...scene.callouts.map((l) => l.updated_at), ...scene.zones.map((z) => z.updated_at)])
  return { code: 'done', text: sentence(clauses.length ? clauses : [w('nothingDone')], ROOM[lang()].done), at }
}
