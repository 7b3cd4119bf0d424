/** Whom to ring for one incident: the scene first, then each team's desk, then the township, the county and neighbours. */
import type { Actor, Centre, Incident, Report, Task, Team } from '../../kernel/types'

/** `sealed`: a person's own number; it is asked of the server by a press and stands in no record. */
export interface Phone { key: string; who: string; number: string; sealed?: { centre: string; post: string } }
export interface LastCall { at: string; outcome: string }
/** The source under which a call is noted as a report: `拨 119台 6119：未接`. */
export const CALL = '电话记录'
/** What stands for a private number wherever something is written down. */
export const SEALED = '私人号码'

export function phonesOf(incident: Incident | undefined, tasks: readonly Task[], teams: ReadonlyMap<string, Team>, centres: readonly Centre[], county: string, reveals: (centre: string) => boolean = () => false, onDuty: (centre: string) => { who: string; number: string }[] = () => []): Phone[] {
  const list: Phone[] = []
  const add = (who: string, number: string | null | undefined): void => {
    if (number && !list.some((p) => p.number === number)) list.push({ key: `${who} ${number}`, who, number })
  }
  if (incident?.on_scene) add(incident.on_scene.name, incident.on_scene.phone)
  for (const task of tasks) {
    const call = callOf(task, teams.get(task.team_id))
    if (call) add(call.who, call.number)
  }
  const own = centres.find((c) => c.code === incident?.centre)
  const village = centres.find((c) => c.kind === 'village' && c.code === incident?.village_code)
  for (const centre of [village, own, centres.find((c) => c.code === county)]) {
    if (centre) for (const one of onDuty(centre.code)) add(`${centre.name} ${one.who}`, one.number)
    addCentre(centre, add)
    if (centre && reveals(centre.code)) list.push(...sealedOf(centre))
  }
  for (const centre of centres) if (centre.parent === county && centre.kind === 'department') addCentre(centre, add, 1)
  for (const centre of centres) if (centre.kind === 'township' && centre !== own) addCentre(centre, add, 1)
  return list
}

function addCentre(centre: Centre | undefined, add: (who: string, number: string | null | undefined) => void, at_most = 3): void {
  if (!centre) return
  const bare = centre.phones.map((p) => ({ who: `${centre.name} ${p.label}`, number: p.number }))
  const posts = centre.posts.map((p) => ({ who: `${centre.name} ${p.title}`, number: p.numbers[0] }))
  for (const { who, number } of [...bare, ...posts].slice(0, at_most)) add(who, number)
}

/** Posts that somebody holds with a number of his own: who reads it is written down. */
const sealedOf = (centre: Centre): Phone[] => centre.posts.filter((p) => p.lines?.some((l) => l.private)).map((p) => {
  const who = `${centre.name} ${p.title}`
  return { key: `${who} ${SEALED}`, who, number: '', sealed: { centre: centre.code, post: p.id } }
})
/** Whether a centre's own business is the actor's, as the server has it. */
export const covers = (actor: Actor, centre: string): boolean =>
  actor.parties.includes('county') || actor.parties.includes(`centre:${centre}`) || (actor.centre.length >= 9 && centre.startsWith(actor.centre))
export const mayReveal = (actor: Actor) => (centre: string): boolean => covers(actor, centre)

/** `值班室` alone could be anybody's: it is said whose. */
export function callOf(task: Task, team: Team | undefined): { who: string; number: string } | null {
  const call = (task as Task & { call?: Team['call'] }).call ?? team?.call ?? null
  return call && call.who === '值班室' ? { ...call, who: `${task.team_name} ${call.who}` } : call
}

/** The last noted call to each number, or to a private one by whose it is. */
export function lastCalls(reports: readonly Report[]): Map<string, LastCall> {
  const last = new Map<string, LastCall>()
  for (const r of [...reports].sort((a, b) => a.at.localeCompare(b.at))) {
    const m = r.source !== CALL ? null : /^拨 (.+ 私人号码)：(.+)$/.exec(r.text) ?? /^拨 .*?([0-9-]{3,})：(.+)$/.exec(r.text)
    if (m) last.set(m[1]!, { at: r.at, outcome: m[2]! })
  }
  return last
}
export const callText = (who: string, number: string, outcome: string): string => `拨 ${who} ${number}：${outcome}`
