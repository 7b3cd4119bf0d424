import { beforeEach, expect, test } from 'vitest'
import { COMMANDS, COMMAND_IDS, capOf, keyOf, loadKeys, mayBeKey, move, putBack, taken } from './keymap'

const kept = new Map<string, string>()
Object.assign(globalThis, { localStorage: { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => { kept.set(k, v) } } })
beforeEach(() => { kept.clear(); loadKeys('one') })

test('no two commands that are heard at the same time have the same key', () => {
  for (const id of COMMAND_IDS) expect([id, taken(id, keyOf(id))]).toEqual([id, null])
})
test('no command lies on a digit, Enter, Esc or Tab, but for the whole list of teams', () => {
  expect(COMMAND_IDS.filter((id) => !mayBeKey(COMMANDS[id]))).toEqual(['allTeams'])
})
test('it moves a command for one account, and another account has its own', () => {
  expect(move('suggest', { code: 'KeyF' })).toBeNull()
  expect(capOf('suggest')).toBe('F')
  loadKeys('two')
  expect(capOf('suggest')).toBe('D')
  loadKeys('one')
  expect(capOf('suggest')).toBe('F')
  putBack()
  expect(capOf('suggest')).toBe('D')
})
test('it refuses a key that another command has, and one that is nobody\'s, and changes nothing', () => {
  expect(move('suggest', { code: 'KeyR' })).toBe('recall')
  expect(move('suggest', { code: 'Digit4' })).toBe('unfit')
  expect(move('suggest', { code: 'Escape' })).toBe('unfit')
  expect(capOf('suggest')).toBe('D')
})
test('it leaves out what was kept and clashes now', () => {
  kept.set('fengsui.desk.keys.three', JSON.stringify({ suggest: { code: 'KeyR' }, grade: { code: 'Semicolon' }, gone: { code: 'KeyU' } }))
  loadKeys('three')
  expect([capOf('suggest'), capOf('grade')]).toEqual(['D', 'Semicolon'])
})
