/** The key layers of the desk: one for giving commands, one for each mode on top of it. */
import { watch } from 'vue'
import { keys, type Binding, type Layer } from '../../kernel/keys'
import { useKeys } from '../../kernel/use'
import {
  acknowledge, armSuggestion, armTasks, chooseFigure, disputedFigures, fireTasks, openFigures, openSheet, sendArmed, silence, tickTask, toggleMute, undoLast,
} from './commands'
import type { Desk } from './desk'
import { mayEvacuate, mayRecall } from './flow'
import { optionsOf } from './options'
import { t } from './words'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

export function useDeskKeys(desk: Desk): void {
  useKeys({ name: 'command', bindings: commandKeys(desk) })
  let off: (() => void) | null = null
  watch(desk.mode, () => {
    off?.()
    const layer = layerOf(desk)
    off = layer ? keys.push({ ...layer, bindings: [...layer.bindings, { ...intakeKey(desk), quiet: true }] }) : null
  }, { flush: 'sync' })
}

/** A call comes when it comes: F2 works from every mode; what was armed is let go and nothing is sent. */
const intakeKey = (desk: Desk): Binding => ({ code: 'F2', label: () => t('kIntake'), inFields: true, enabled: () => desk.may('incident.open') && desk.mode.value.kind !== 'intake', run: () => { desk.suggestion.disarm(); desk.mode.value = { kind: 'intake' } } })
const here = (desk: Desk) => (): boolean => desk.incident.value !== undefined

function commandKeys(desk: Desk): Binding[] {
  const one = here(desk)
  const rights = (permission: string) => (): boolean => one() && desk.may(permission)
  const ours = (permission: string) => (): boolean => rights(permission)() && desk.owns(desk.incident.value)
  const top = () => desk.alarms.value.find((a) => !a.acknowledged_at)
  return [
    intakeKey(desk),
    ...DIGITS.map((n): Binding => ({ code: `Digit${n}`, label: () => t('kPick'), quiet: n > 1, run: () => pick(desk, n), enabled: () => numbered(desk, n) !== undefined })),
    ...(['KeyQ', 'KeyW', 'KeyE'] as const).map((code, i): Binding => ({ code, label: () => t('kThing'), quiet: i > 0, run: () => openThing(desk, i), enabled: () => !!desk.things.value[i] })),
    { code: 'KeyD', label: () => t('kSuggest'), run: () => armSuggestion(desk), enabled: rights('task.order') },
    { code: 'KeyR', label: () => t('kRecall'), run: () => armTasks(desk, 'recall'), enabled: () => rights('task.step')() && desk.rows.value.some((r) => mayRecall(r.state)) },
    { code: 'KeyX', label: () => t('kEvacuate'), run: () => armTasks(desk, 'evacuate'), enabled: () => rights('task.step')() && desk.rows.value.some((r) => mayEvacuate(r.state)) },
    { code: 'KeyV', label: () => t('kProxy'), run: () => { desk.mode.value = { kind: 'proxy', rows: desk.rows.value, task: null } }, enabled: () => rights('task.proxy')() && desk.rows.value.length > 0 },
    { code: 'KeyC', label: () => t('kCalls'), run: () => { desk.mode.value = { kind: 'phones', list: desk.phones.value, phone: null } }, enabled: () => one() && desk.phones.value.length > 0 },
    { code: 'KeyN', label: () => t('kNote'), run: () => openSheet(desk, 'report'), enabled: rights('incident.report') },
    { code: 'KeyK', label: () => t('kFigures'), run: () => openSheet(desk, 'casualties'), enabled: rights('incident.casualties') },
    { code: 'KeyY', label: () => t('kChoose'), run: () => openFigures(desk), enabled: () => ours('incident.choose')() && disputedFigures(desk).length > 1 },
    { code: 'KeyS', label: () => t('kState'), run: () => openSheet(desk, 'move'), enabled: ours('incident.transition') },
    { code: 'KeyG', label: () => t('kGrade'), run: () => openSheet(desk, 'grade'), enabled: ours('incident.grade') },
    { code: 'KeyP', label: () => t('kPoint'), run: () => openSheet(desk, 'point'), enabled: ours('incident.edit') },
    { code: 'KeyL', label: () => t('kMore'), run: () => openSheet(desk, 'more'), enabled: one },
    { code: 'KeyA', label: () => t('kAck'), run: () => { const a = top(); if (a) void acknowledge(desk, a) }, enabled: () => desk.may('alarm.acknowledge') && top() !== undefined },
    { code: 'KeyA', shift: true, label: () => t('kSilence'), run: () => { const a = top(); if (a) void silence(desk, a) }, enabled: () => desk.may('alarm.acknowledge') && top() !== undefined },
    { code: 'KeyZ', label: () => t('kUndo'), run: () => void undoLast(desk), enabled: () => desk.doing.undoLeft.value > 0 && desk.doing.undo.value !== null },
    { code: 'KeyM', label: () => t('kMap'), run: () => { desk.pane.value = 'map' }, enabled: () => !desk.big.value && desk.pane.value !== 'map' },
    { code: 'KeyT', label: () => t('kTimeline'), run: () => { desk.pane.value = 'timeline' }, enabled: () => !desk.big.value && desk.pane.value !== 'timeline' },
    { code: 'Slash', label: () => t('kFind'), run: () => openSheet(desk, 'find') },
    { code: 'Slash', shift: true, label: () => t('kHelp'), run: () => openSheet(desk, 'help') },
    { code: 'KeyM', shift: true, label: () => t('kMute'), run: () => toggleMute(desk) },
  ]
}

export const commandKeysFor = commandKeys

export function numbered(desk: Desk, n: number): string | undefined {
  const id = Object.entries(desk.numbers.value.held).find(([, k]) => k === n)?.[0]
  return desk.incidents.value.some((i) => i.id === id) ? id : undefined
}
function pick(desk: Desk, n: number): void { const id = numbered(desk, n); if (id) desk.select(id) }

export function openThing(desk: Desk, i: number): void {
  const thing = desk.things.value[i]
  if (!thing) return
  if (thing.incident) desk.selected.value = thing.incident.id
  desk.mode.value = { kind: 'thing', thing }
}

const esc = (desk: Desk, run: () => void = desk.back): Binding => ({ code: 'Escape', label: () => t('kBack'), run, inFields: true })
const digits = (label: () => string, run: (n: number) => void): Binding[] =>
  DIGITS.map((n) => ({ code: `Digit${n}`, label, quiet: n > 1, run: () => run(n) }))
const fire = (label: () => string, run: () => void): Binding[] => [
  { code: 'KeyF', label, run },
  // On a focused button Enter is that button's own.
  { code: 'Enter', label, run, quiet: true, enabled: () => !(document.activeElement instanceof HTMLButtonElement) },
]

function layerOf(desk: Desk): Layer | null {
  const mode = desk.mode.value
  switch (mode.kind) {
    case 'command': return null
    case 'armed': return { name: mode.kind, modal: true, bindings: [
      ...digits(() => t('kTick'), (n) => desk.suggestion.tick(n)),
      ...fire(() => t('kSend'), () => void sendArmed(desk)),
      { code: 'KeyF', shift: true, label: () => t('kReserve'), run: () => void sendArmed(desk, true) },
      { code: 'Digit0', label: () => t('kAllTeams'), run: () => openSheet(desk, 'teams') },
      esc(desk, () => { desk.suggestion.disarm(); desk.back() }),
    ] }
    case 'recall': case 'evacuate': return { name: mode.kind, modal: true, bindings: [
      ...digits(() => t('kTick'), (n) => tickTask(desk, n)), ...fire(() => t(mode.kind === 'recall' ? 'kRecallSend' : 'kEvacSend'), () => void fireTasks(desk)), esc(desk),
    ] }
    case 'proxy': return mode.task ? { name: mode.kind, modal: true, bindings: [esc(desk, () => { desk.mode.value = { ...mode, task: null } })] } : { name: mode.kind, modal: true, bindings: [
      ...digits(() => t('kWhichTeam'), (n) => { const row = mode.rows[n - 1]; if (row) desk.mode.value = { ...mode, task: row.id } }), esc(desk),
    ] }
    case 'figure': return { name: mode.kind, modal: true, bindings: [...digits(() => t('kChooseThis'), (n) => void chooseFigure(desk, n)), esc(desk)] }
    case 'thing': return { name: mode.kind, modal: true, bindings: [
      ...optionsOf(desk, mode.thing).map((o, i): Binding => ({ code: `Digit${i + 1}`, label: () => o.label, run: o.run })),
      { code: 'KeyA', label: () => t('kAck'), run: () => { const a = desk.alarms.value.find((x) => !x.acknowledged_at); if (a) void acknowledge(desk, a) } }, esc(desk),
    ] }
    case 'phones': return { name: mode.kind, modal: true, bindings: [esc(desk, () => { if (mode.phone) desk.mode.value = { ...mode, phone: null }; else desk.back() })] }
    case 'intake': case 'sheet': return { name: mode.kind, modal: true, bindings: [esc(desk)] }
  }
}
