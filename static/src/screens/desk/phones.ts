/** Whom to ring for one incident: the scene first, then each team's desk, then the township, the county and neighbours. */
import type { Centre, Incident, Report, Task, Team } from '../../kernel/types'

export interface Phone { key: string; who: string; number: string; post?: string }
export interface LastCall { at: string; outcome: string }
/** The source under which a call is noted as a report: `拨 119台 6119：未接`. */
export const CALL = '电话记录'

export function phonesOf(incident: Incident | undefined, tasks: readonly Task[], teams: ReadonlyMap<string, Team>, centres: readonly Centre[], county: string): Phone[] {
  const list: Phone[] = []
  const add = (who: string, number: string | null | undefined, post?: string): void => {
    if (number && !list.some((p) => p.number === number)) list.push({ key: `${who} ${number}`, who, number, ...(post ? { post } : {}) })
  }
  if (incident?.on_scene) add(incident.on_scene.name, incident.on_scene.phone)
  for (const task of tasks) {
    const call = callOf(task, teams.get(task.team_id))
    if (call) add(call.who, call.number)
  }
  const own = centres.find((c) => c.code === incident?.centre)
  for (const centre of [own, centres.find((c) => c.code === county)]) addCentre(centre, add)
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

/** `值班室` alone could be anybody's: it is said whose. */
export function callOf(task: Task, team: Team | undefined): { who: string; number: string } | null {
  const call = (task as Task & { call?: Team['call'] }).call ?? team?.call ?? null
  return call && call.who === '值班室' ? { ...call, who: `${task.team_name} ${call.who}` } : call
}

/** The last noted call to each number. */
export function lastCalls(reports: readonly Report[]): Map<string, LastCall> {
  const last = new Map<string, LastCall>()
  for (const r of [...reports].sort((a, b) => a.at.localeCompare(b.at))) {
    const m = r.source === CALL ? /^拨 .*?([0-9-]{3,})：(.+)$/.exec(r.text) : null
    if (m) last.set(m[1]!, { at: r.at, outcome: m[2]! })
  }
  return last
}
export const callText = (who: string, number: string, outcome: string): string => `拨 ${who} ${number}：${outcome}`
