import { describe, expect, it } from 'vitest'
import type { Task } from '../../kernel/types'
import { evacuationOf } from './evacuation'

const task = (state: string, ...steps: object[]): Task => ({ id: 't', state, steps }) as unknown as Task
const step = (by: string, more: object = {}): object => ({ state: 'evacuated', by, by_proxy: null, at: 'x', received_at: 'x', ...more })

describe('evacuationOf', () => {
  it('is an order when the desk enters it', () => {
    expect(evacuationOf(task('evacuated', step('县值班员', { by_proxy: { person: '县值班员', channel: 'desk' } })), '丰州队')).toMatchObject({ by: '县值班员' })
    expect(evacuationOf(task('evacuated', step('县值班员')), '丰州队')).toMatchObject({ by: '县值班员' })
  })
  it('is none when the team itself entered or said it, or when it is over', () => {
    expect(evacuationOf(task('evacuated', step('丰州队')), '丰州队')).toBeNull()
    expect(evacuationOf(task('evacuated', step('县值班员', { by_proxy: { person: '张队', channel: '电台' } })), '丰州队')).toBeNull()
    expect(evacuationOf(task('working', step('县值班员')), '丰州队')).toBeNull()
  })
  it('takes the last of several', () => {
    expect(evacuationOf(task('evacuated', step('甲'), step('丰州队')), '丰州队')).toBeNull()
  })
})
