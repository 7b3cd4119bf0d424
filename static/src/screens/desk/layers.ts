/** The key layers of the desk: one for giving commands, one for each mode on top of it. */
import { watch } from 'vue'
import { keys, type Binding, type Layer } from '../../kernel/keys'
import {
  acknowledge, answerCheck, armSuggestion, armTasks, chooseFigure, discardDraft, disputedFigures, fireTasks, movable, openFigures, openSheet, sendArmed, takeAlong, tickTask, toggleMute, toggleSilence, undoLast,
} from './commands'
import type { Desk } from './desk'
import { isEmpty } from './draft'
import { mayEvacuate, mayRecall } from './flow'
import { COMMANDS, bound, movedKeys, type CommandId } from './keymap'
import { ofShape } from './impact'
import { optionsOf } from './options'
import { t } from './words'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

export function useDeskKeys(desk: Desk): void {
  let command: (() => void) | null = null
  let off: (() => void) | null = null
  const settle = (): void => {
    off?.()
    const layer = layerOf(desk)
    off = layer ? keys.push({ ...layer, bindings: [...layer.bindings, { ...intakeKey(desk), quiet: true }, { ...discardKey(desk), quiet: true }] }) : null
  }
  watch(movedKeys, () => {
    command?.()
    off?.()
    off = null
    command = keys.push({ name: 'command', bindings: commandKeys(desk) })
    settle()
  }, { immediate: true, flush: 'sync' })
  watch(desk.mode, settle, { flush: 'sync' })
}

/** A call comes when it comes: F2 works from every mode; what was armed is let go and nothing is sent. */
const intakeKey = (desk: Desk): Binding => bound('intake', { label: () => t('kIntake'), inFields: true, enabled: () => desk.may('incident.open') && desk.mode.value.kind !== 'intake', run: () => { desk.suggestion.disarm(); desk.mode.value = { kind: 'intake' } } })

const discardKey = (desk: Desk): Binding => bound('discard', { label: () => t('draftDiscard'), inFields: true, quiet: true, enabled: () => !isEmpty(desk.draft.value.value), run: () => discardDraft(desk) })

function commandKeys(desk: Desk): Binding[] {
  const one = (): boolean => desk.incident.value !== undefined
  const open = (): boolean => one() && desk.incident.value!.live !== false
  const rights = (permission: string) => (): boolean => one() && desk.may(permission)
  const ours = (permission: string) => (): boolean => rights(permission)() && desk.owns(desk.incident.value)
  const top = () => desk.alarms.value.find((a) => !a.acknowledged_at)
  const key = (id: CommandId, run: () => void, enabled?: () => boolean, quiet = false): Binding => bound(id, { label: () => t(COMMANDS[id].word), run, ...(enabled ? { enabled } : {}), quiet })
  return [
    intakeKey(desk), discardKey(desk),
    ...DIGITS.map((n): Binding => ({ code: `Digit${n}`, label: () => t('kPick'), quiet: n > 1, run: () => pick(desk, n), enabled: () => numbered(desk, n) !== undefined })),
    ...(['first', 'second', 'third'] as const).map((id, i) => key(id, () => openThing(desk, i), () => !!desk.things.value[i], i > 0)),
    key('suggest', () => armSuggestion(desk), () => open() && desk.may('task.order')),
    key('recall', () => armTasks(desk, 'recall'), () => rights('task.step')() && desk.rows.value.some((r) => mayRecall(r.state))),
    key('evacuate', () => armTasks(desk, 'evacuate'), () => rights('task.step')() && desk.rows.value.some((r) => mayEvacuate(r.state))),
    key('proxy', () => { desk.mode.value = { kind: 'proxy', rows: desk.rows.value, task: null } }, () => rights('task.proxy')() && desk.rows.value.length > 0),
    key('calls', () => { desk.mode.value = { kind: 'phones', list: desk.phones.value, phone: null } }, () => rights('incident.report')() && desk.phones.value.length > 0),
    key('callout', () => openSheet(desk, 'callout'), () => desk.may('callout.read'), true),
    key('undelivered', () => openSheet(desk, 'undelivered'), () => desk.may('delivery.read'), true),
    key('warnings', () => openSheet(desk, 'warnings'), () => desk.may('warning.read'), true),
    key('evacuation', () => openSheet(desk, 'evacuation'), () => desk.may('evacuation.read'), true),
    key('needs', () => openSheet(desk, 'needs'), () => desk.may('need.read'), true),
    key('note', () => openSheet(desk, 'report'), rights('incident.report')),
    key('instructions', () => openSheet(desk, 'instructions'), () => desk.may('instruction.read'), true),
    key('response', () => openSheet(desk, 'response'), () => desk.may('plan.read'), true),
    key('brief', () => openSheet(desk, 'brief'), () => desk.may('decision.read'), true),
    key('figures', () => openSheet(desk, 'casualties'), rights('incident.casualties')),
    key('choose', () => openFigures(desk), () => ours('incident.choose')() && disputedFigures(desk).length > 1),
    key('state', () => openSheet(desk, 'move'), ours('incident.transition')),
    key('grade', () => openSheet(desk, 'grade'), ours('incident.grade')),
    key('point', () => openSheet(desk, 'point'), ours('incident.edit')),
    key('more', () => openSheet(desk, 'more'), one),
    key('acknowledge', () => { const a = top(); if (a) void acknowledge(desk, a) }, () => desk.may('alarm.acknowledge') && top() !== undefined),
    key('silence', () => { const a = top(); if (a) void toggleSilence(desk, a) }, () => desk.may('alarm.acknowledge') && top() !== undefined),
    key('present', () => void answerCheck(desk), () => desk.may('duty.present') && desk.screen.store.all('duty_check').some((one) => one.state === 'asked' && one.centre === desk.screen.session.actor.centre), true),
    key('undo', () => void undoLast(desk), () => desk.doing.undoLeft.value > 0 && desk.doing.undo.value !== null),
    ...(['map', 'timeline', 'facts'] as const).map((pane) => key(pane, () => { desk.pane.value = pane }, () => one() && !desk.big.value && desk.pane.value !== pane)),
    key('layers', () => openSheet(desk, 'layers'), () => desk.may('layer.read')),
    key('roads', () => openSheet(desk, 'roads'), () => desk.may('road.read'), true),
    key('impact', () => { ofShape.value = null; openSheet(desk, 'impact') }, () => one() && desk.may('layer.read')),
    key('sitreps', () => openSheet(desk, 'sitreps'), () => desk.may('sitrep.read')),
    key('tracks', () => openSheet(desk, 'tracks'), rights('track.read')),
    key('cameras', () => openSheet(desk, 'cameras'), () => one() && desk.may('camera.read')),
    key('find', () => openSheet(desk, 'find')),
    key('help', () => openSheet(desk, 'help')),
    key('mute', () => toggleMute(desk)),
  ]
}

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

/** ↑↓ opens the reasons of one suggestion in full; nothing is chosen by it. */
function look(desk: Desk, step: number): void {
  const last = desk.suggestion.rows.value.length - 1
  desk.looked.value = Math.max(0, Math.min(last, desk.looked.value + step))
}

const esc = (desk: Desk, run: () => void = desk.back): Binding => ({ code: 'Escape', label: () => t('kBack'), run, inFields: true })
const digits = (label: () => string, run: (n: number) => void): Binding[] =>
  DIGITS.map((n) => ({ code: `Digit${n}`, label, quiet: n > 1, run: () => run(n) }))
const fire = (id: 'send' | 'recallSend', label: () => string, run: () => void): Binding[] => [
  bound(id, { label, run }),
  // On a focused button Enter is that button's own.
  { code: 'Enter', label, run, quiet: true, enabled: () => !(document.activeElement instanceof HTMLButtonElement) },
]

function layerOf(desk: Desk): Layer | null {
  const mode = desk.mode.value
  switch (mode.kind) {
    case 'command': return null
    case 'armed': return { name: mode.kind, modal: true, bindings: [
      ...digits(() => t('kTick'), (n) => desk.suggestion.tick(n)),
      ...fire('send', () => t('kSend'), () => void sendArmed(desk)),
      bound('reserve', { label: () => t('kReserve'), run: () => void sendArmed(desk, true) }),
      bound('allTeams', { label: () => t('kAllTeams'), run: () => openSheet(desk, 'teams') }),
      { code: 'ArrowDown', label: () => t('kWhy'), run: () => look(desk, 1) }, { code: 'ArrowUp', label: () => t('kWhy'), quiet: true, run: () => look(desk, -1) },
      esc(desk, () => { desk.suggestion.disarm(); desk.back() }),
    ] }
    case 'recall': case 'evacuate': return { name: mode.kind, modal: true, bindings: [
      ...digits(() => t('kTick'), (n) => tickTask(desk, n)), ...fire('recallSend', () => t(mode.kind === 'recall' ? 'kRecallSend' : 'kEvacSend'), () => void fireTasks(desk)),
      ...(mode.kind === 'recall' && desk.may('task.order') ? [bound('reassign', { label: () => t('kReassign'), enabled: () => movable(desk).length > 0, run: () => takeAlong(desk) })] : []), esc(desk),
    ] }
    case 'proxy': return mode.task ? { name: mode.kind, modal: true, bindings: [esc(desk, () => { desk.mode.value = { ...mode, task: null } })] } : { name: mode.kind, modal: true, bindings: [
      ...digits(() => t('kWhichTeam'), (n) => { const row = mode.rows[n - 1]; if (row) desk.mode.value = { ...mode, task: row.id } }), esc(desk),
    ] }
    case 'figure': return { name: mode.kind, modal: true, bindings: [...digits(() => t('kChooseThis'), (n) => void chooseFigure(desk, n)), esc(desk)] }
    case 'thing': return { name: mode.kind, modal: true, bindings: [
      ...optionsOf(desk, mode.thing).map((o, i): Binding => ({ code: `Digit${i + 1}`, label: () => o.label, run: o.run })),
      bound('acknowledge', { label: () => t('kAck'), enabled: () => desk.may('alarm.acknowledge') && desk.alarms.value.some((x) => !x.acknowledged_at), run: () => { const a = desk.alarms.value.find((x) => !x.acknowledged_at); if (a) void acknowledge(desk, a) } }), esc(desk),
    ] }
    case 'phones': return { name: mode.kind, modal: true, bindings: [esc(desk, () => { if (mode.phone) desk.mode.value = { ...mode, phone: null }; else desk.back() })] }
    case 'intake': case 'sheet': return { name: mode.kind, modal: true, bindings: [esc(desk)] }
  }
}
