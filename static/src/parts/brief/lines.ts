/** The eight lines of a brief, read aloud in a minute: these are the last four, and all of them together. Pure. */
import { ms } from '../../kernel/ages'
import { lang, say } from '../../kernel/i18n'
import type { Incident, Instruction, ReportClock, Reporting, Waiting } from '../../kernel/types'
import { kindLabel, word } from '../../kernel/words'
import { ROOM, done, forces, isLate, people, placeOf, where } from './facts'
import { latest, oldest, only, type Line, type LineCode, type Scene } from './scene'
import { clip, clockSaid, seconds, sentence, spoken } from './text'
import { w } from './words'

const OWED = ['issued', 'accepted', 'in_progress', 'feedback', 'returned']
const short = (text: string): string => clip(text, lang() === 'zh' ? 14 : 7)

interface Step { due: number; text: string; late: boolean }
const clocksOf = (scene: Scene): { reporting: Reporting; clock: ReportClock }[] =>
  scene.reportings.filter((r) => r.centre === scene.centre).flatMap((reporting) => reporting.clocks.map((clock) => ({ reporting, clock })))
const office = (code: string): string => word('sitrep_recipients', code)

function instructed(x: Instruction, now: number): Step | null {
  if (!OWED.includes(x.state) || !x.due_at) return null
  const due = ms(x.due_at)
  return { due, late: due < now, text: due < now ? w('overdueWhat', { text: short(x.text) }) : w('by', { at: clockSaid(due, now), text: short(x.text) }) }
}

/** What comes next, late things first: who is pressed, who arrives, what is due until when. */
function next(scene: Scene): Line {
  const { now } = scene
  const urge = scene.tasks.filter((x) => isLate(x, now)).map((x): Step => ({ due: 0, late: true, text: w('urge', { team: short(scene.named(x.team_name)) }) }))
  const orders = scene.instructions.flatMap((x) => instructed(x, now) ?? [])
  const owed = clocksOf(scene).filter(({ clock }) => clock.state === 'running' || clock.state === 'overdue').sort((a, b) => a.clock.due_at.localeCompare(b.clock.due_at))
  const reports = owed.filter((x, n) => owed.findIndex((y) => y.clock.to === x.clock.to) === n).map(({ clock }): Step => {
    const due = ms(clock.due_at)
    return { due, late: due < now, text: due < now ? w('reportLate', { to: office(clock.to) }) : w('reportBy', { at: clockSaid(due, now), to: office(clock.to) }) }
  })
  const coming = scene.tasks.filter((x) => x.state === 'enroute').map((x): Step => ({ due: Infinity, late: false, text: w('arrive', { team: short(scene.named(x.team_name)) }) }))
  const steps = [...urge, ...[...orders, ...reports].sort((a, b) => a.due - b.due), ...coming]
  const clauses = [...new Set(steps.map((s) => s.text))]
  const at = latest([...scene.tasks.map((x) => x.updated_at), ...scene.instructions.map((x) => x.updated_at), ...scene.reportings.map((x) => x.updated_at)])
  return { code: 'next', text: sentence(clauses.length ? clauses : [w('nothingNext')], ROOM[lang()].next), at, want: steps.some((s) => s.late) }
}

const question = (x: Waiting, now: number): string => {
  const title = clip(say(x.title), lang() === 'zh' ? 20 : 12)
  const asked = x.sort === 'decision' || /[?？]$/.test(title) || (lang() === 'zh' && title.startsWith('是否')) ? title : w('whether', { title })
  return x.due_at && ms(x.due_at) < now ? w('lateDecision', { title: asked }) : asked
}
function decide(scene: Scene): Line {
  if (!scene.waiting) return { code: 'decide', text: sentence([w('unread')], ROOM[lang()].decide), at: null }
  const asked = scene.waiting.filter((x) => x.state === 'asked')
  const given = scene.waiting.filter((x) => x.state !== 'asked').map((x) => w(x.state === 'spoken' ? 'spokenFor' : 'disputedFor', { title: clip(say(x.title), lang() === 'zh' ? 16 : 8) }))
  const late = asked.some((x) => x.due_at && ms(x.due_at) < scene.now)
  const clauses = asked.length ? [...asked.map((x) => question(x, scene.now)), ...given] : [w('noDecision'), ...given]
  return { code: 'decide', text: sentence(clauses, ROOM[lang()].decide), at: oldest(scene.waiting.map((x) => x.asked_at)), want: late }
}

function cut(scene: Scene): Line {
  const room = ROOM[lang()].cut
  if (!scene.county) return { code: 'cut', text: sentence([w('cutUntold')], room), at: null }
  const lost = scene.links.filter((l) => l.state === 'cut').sort((a, b) => (a.last_at ?? '').localeCompare(b.last_at ?? ''))
  const heard = new Set(scene.links.filter((l) => l.state !== 'never').map((l) => l.id))
  const never = scene.centres.filter((c) => c.kind === 'township' && !heard.has(c.id)).length
  const unknown = never ? [w('neverHeard', { n: never })] : []
  if (lost.length === 0) return { code: 'cut', text: sentence([w('noCut'), ...unknown], room, 2), at: null }
  const clauses = lost.map((l) => {
    const name = scene.named(scene.centres.find((c) => c.id === l.id)?.name ?? l.id)
    const villages = scene.centres.filter((c) => c.kind === 'village' && c.parent === l.id).length
    return w('cutOff', { name }) + (villages ? w('villages', { n: villages }) : '')
  })
  const since = oldest(lost.map((l) => l.last_at))
  return { code: 'cut', text: sentence([...clauses, ...unknown], room), at: since, want: true }
}

function left(span: number): string {
  const minutes = Math.max(0, Math.floor(span / 60_000))
  return minutes < 60 ? w('minutes', { n: minutes }) : w('hours', { h: Math.floor(minutes / 60), m: minutes % 60 })
}
function reports(scene: Scene): Line {
  const { now } = scene
  const rows = clocksOf(scene)
  const what = (c: ReportClock): string => { const kind = w(c.report); return c.channel === 'phone' ? w('phone') : w(c.channel, { kind }) }
  const owed = rows.filter(({ clock: c }) => c.state === 'running' || c.state === 'overdue').sort((a, b) => a.clock.due_at.localeCompare(b.clock.due_at)).map(({ clock: c }) => {
    const due = ms(c.due_at)
    return due < now ? w('owesLate', { to: office(c.to), what: what(c), over: left(now - due) }) : w('owes', { to: office(c.to), what: what(c), left: left(due - now) })
  })
  const held = rows.filter(({ clock: c }) => c.state === 'pending').map(({ clock: c }) => w('owesPending', { to: office(c.to), what: what(c) }))
  const own = scene.reportings.filter((r) => r.centre === scene.centre)
  const differs = own.flatMap((r) => Object.keys(r.differs).map((to) => w('differs', { to: office(to) })))
  const told = own.flatMap((r) => Object.entries(r.last).map(([to, last]) => w('told', { to: office(to), at: clockSaid(ms(last.at), now) })))
  const clauses = [...new Set([...owed, ...differs, ...held, ...told])]
  const late = rows.some(({ clock: c }) => (c.state === 'running' || c.state === 'overdue') && ms(c.due_at) < now)
  return { code: 'reports', text: sentence(clauses.length ? clauses : [w('noReports')], ROOM[lang()].reports), at: latest(own.map((r) => r.updated_at)), want: late }
}

/** All eight, of one incident or of the whole night. */
export function linesOf(whole: Scene, incidentId: string | null): Line[] {
  const scene = only(whole, incidentId)
  const one = incidentId !== null && scene.incidents.length === 1
  return [where(scene, one), people(scene, one), forces(scene), done(scene), next(scene), decide(scene), cut(scene), reports(scene)]
}
export const label = (code: LineCode): string => w(code)
/** How long reading it aloud takes, labels included. */
export const aloud = (lines: readonly Line[]): number => seconds(lines.reduce((n, l) => n + spoken(l.text) + spoken(label(l.code)), 0))
/** What the brief is of, in the words of its heading. */
export const headOf = (scene: Scene, i: Incident): string => [kindLabel(i.kind), placeOf(scene, i)].join(' · ')
/** As text, for a message or to read from elsewhere. */
export const asText = (head: string, lines: readonly Line[], foot: string): string =>
  [head, ...lines.map((l) => `${label(l.code)}${lang() === 'zh' ? '：' : ': '}${l.text}`), foot].join('\n')
