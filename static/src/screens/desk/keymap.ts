/**
 * All keys of the desk in one table, and where a person has put them. By place on the keyboard (`event.code`): what is
 * frequent lies under the left hand, since the handset is in the right. A test proves that no two clash.
 */
import { shallowRef } from 'vue'
import { keys, type Binding } from '../../kernel/keys'
import type { DeskWord } from './words'

export interface Key { code: string; shift?: boolean }
/** Where a key is heard: giving commands, sending teams, recalling, or everywhere. Those of `command` and another may share a key. */
export type Where = 'command' | 'armed' | 'recall' | 'everywhere'
export interface Command extends Key { word: DeskWord; where: Where; group: 'call' | 'send' | 'incident' | 'alarm' | 'see' }

const TABLE = {
  intake: { code: 'F2', word: 'kIntake', where: 'everywhere', group: 'call' },
  discard: { code: 'F2', shift: true, word: 'draftDiscard', where: 'everywhere', group: 'call' },
  calls: { code: 'KeyC', word: 'kCalls', where: 'command', group: 'call' },
  callout: { code: 'KeyC', shift: true, word: 'kCallout', where: 'command', group: 'call' },
  undelivered: { code: 'KeyU', word: 'kUndelivered', where: 'command', group: 'call' },
  warnings: { code: 'KeyW', shift: true, word: 'kWarnings', where: 'command', group: 'call' },
  evacuation: { code: 'KeyX', shift: true, word: 'kMovePeople', where: 'command', group: 'call' },
  needs: { code: 'KeyN', shift: true, word: 'kNeeds', where: 'command', group: 'call' },
  note: { code: 'KeyN', word: 'kNote', where: 'command', group: 'call' },
  suggest: { code: 'KeyD', word: 'kSuggest', where: 'command', group: 'send' },
  send: { code: 'KeyF', word: 'kSend', where: 'armed', group: 'send' },
  reserve: { code: 'KeyF', shift: true, word: 'kReserve', where: 'armed', group: 'send' },
  allTeams: { code: 'Digit0', word: 'kAllTeams', where: 'armed', group: 'send' },
  recall: { code: 'KeyR', word: 'kRecall', where: 'command', group: 'send' },
  recallSend: { code: 'KeyF', word: 'kRecallSend', where: 'recall', group: 'send' },
  reassign: { code: 'KeyT', word: 'kReassign', where: 'recall', group: 'send' },
  evacuate: { code: 'KeyX', word: 'kEvacuate', where: 'command', group: 'send' },
  proxy: { code: 'KeyV', word: 'kProxy', where: 'command', group: 'send' },
  undo: { code: 'KeyZ', word: 'kUndo', where: 'command', group: 'send' },
  instructions: { code: 'F8', word: 'sInstructions', where: 'command', group: 'send' },
  response: { code: 'F9', word: 'sResponse', where: 'command', group: 'send' },
  brief: { code: 'F9', shift: true, word: 'kBrief', where: 'command', group: 'incident' },
  figures: { code: 'KeyK', word: 'kFigures', where: 'command', group: 'incident' },
  choose: { code: 'KeyY', word: 'kChoose', where: 'command', group: 'incident' },
  state: { code: 'KeyS', word: 'kState', where: 'command', group: 'incident' },
  grade: { code: 'KeyG', word: 'kGrade', where: 'command', group: 'incident' },
  point: { code: 'KeyP', word: 'kPoint', where: 'command', group: 'incident' },
  more: { code: 'KeyL', word: 'kMore', where: 'command', group: 'incident' },
  first: { code: 'KeyQ', word: 'kThing', where: 'command', group: 'alarm' },
  second: { code: 'KeyW', word: 'kThing', where: 'command', group: 'alarm' },
  third: { code: 'KeyE', word: 'kThing', where: 'command', group: 'alarm' },
  acknowledge: { code: 'KeyA', word: 'kAck', where: 'command', group: 'alarm' },
  present: { code: 'KeyY', shift: true, word: 'kPresent', where: 'command', group: 'alarm' },
  silence: { code: 'KeyA', shift: true, word: 'kSilence', where: 'command', group: 'alarm' },
  mute: { code: 'KeyM', shift: true, word: 'kMute', where: 'command', group: 'alarm' },
  map: { code: 'KeyM', word: 'kMap', where: 'command', group: 'see' },
  layers: { code: 'KeyB', word: 'kLayers', where: 'command', group: 'see' },
  impact: { code: 'KeyJ', word: 'kImpact', where: 'command', group: 'see' },
  sitreps: { code: 'F4', word: 'kSitreps', where: 'command', group: 'incident' },
  tracks: { code: 'KeyT', shift: true, word: 'kTracks', where: 'command', group: 'incident' },
  cameras: { code: 'KeyH', word: 'kCameras', where: 'command', group: 'see' },
  timeline: { code: 'KeyT', word: 'kTimeline', where: 'command', group: 'see' },
  facts: { code: 'KeyI', word: 'facts', where: 'command', group: 'see' },
  roads: { code: 'KeyO', word: 'kRoads', where: 'command', group: 'see' },
  find: { code: 'Slash', word: 'kFind', where: 'command', group: 'see' },
  help: { code: 'Slash', shift: true, word: 'kHelp', where: 'command', group: 'see' },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof TABLE
export const COMMANDS: Readonly<Record<CommandId, Command>> = TABLE
export const COMMAND_IDS = Object.keys(TABLE) as CommandId[]
export type Changes = Partial<Record<CommandId, Key>>

const changes = shallowRef<Changes>({})
let place: string | null = null

export const keyOf = (id: CommandId): Key => changes.value[id] ?? { code: COMMANDS[id].code, ...(COMMANDS[id].shift ? { shift: true } : {}) }
export const capOf = (id: CommandId): string => keys.cap(keyOf(id))
/** A command's key is mint only while the keys themselves would take it; inside a mode a letter means something else. */
export const lit = (desk: { mode: { value: { kind: string } } }, id: CommandId): boolean => desk.mode.value.kind === 'command' && keys.works(keyOf(id))
export const isMoved = (id: CommandId): boolean => changes.value[id] !== undefined
export const anyMoved = (): boolean => Object.keys(changes.value).length > 0
export const bound = (id: CommandId, rest: Omit<Binding, 'code' | 'shift'>): Binding => ({ ...keyOf(id), ...rest })

/** Digits choose, Enter sends, Esc steps back, Tab walks: these are nobody's. Of the others only what a hand presses alone. */
export const mayBeKey = (key: Key): boolean => /^(Key[A-Z]|F([2-9]|10)|Slash|Backquote|Minus|Equal|Comma|Period|Semicolon|Quote|Bracket(Left|Right)|Space)$/.test(key.code)
const same = (a: Key, b: Key): boolean => a.code === b.code && !!a.shift === !!b.shift
const meet = (a: Where, b: Where): boolean => a === b || a === 'everywhere' || b === 'everywhere'

/** Who has this key already where the command is heard. */
export function taken(id: CommandId, key: Key): CommandId | null {
  return COMMAND_IDS.find((other) => other !== id && meet(COMMANDS[id].where, COMMANDS[other].where) && same(keyOf(other), key)) ?? null
}

/** Puts a command on another key; what stands in the way is returned and nothing is changed. */
export function move(id: CommandId, key: Key): CommandId | 'unfit' | null {
  if (!mayBeKey(key)) return 'unfit'
  const other = taken(id, key)
  if (other) return other
  const rest = { ...changes.value }
  delete rest[id]
  changes.value = same(key, COMMANDS[id]) ? rest : { ...rest, [id]: { code: key.code, ...(key.shift ? { shift: true } : {}) } }
  keep()
  return null
}
export function putBack(): void { changes.value = {}; keep() }

function keep(): void { if (place) localStorage.setItem(place, JSON.stringify(changes.value)) }
/** Each account has its own on this machine. What is kept and no longer fits is left out. */
export function loadKeys(owner: string): void {
  place = `fengsui.desk.keys.${owner}`
  changes.value = {}
  const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Record<string, Key>
  for (const [id, key] of Object.entries(kept)) if (id in TABLE && typeof key?.code === 'string' && mayBeKey(key) && !taken(id as CommandId, key)) changes.value = { ...changes.value, [id]: key }
}
/** Read inside a computed or a watch to follow what is moved. */
export const movedKeys = (): Changes => changes.value
