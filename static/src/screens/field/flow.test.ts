import { describe, expect, it } from 'vitest'
import { nextStep, needsRelease, reachable, stateOf } from './flow'

describe('the flow on the phone', () => {
  it('leads an order along the main line to the return', () => {
    const walked = []
    for (let state = nextStep('ordered'); state; state = nextStep(state)) walked.push(state)
    expect(walked).toEqual(['accepted', 'assembling', 'enroute', 'on_scene', 'working', 'withdrawn', 'returned'])
  })
  it('asks a recalled team only to report its return', () => {
    expect(nextStep('recalled')).toBe('returned')
    expect(reachable('recalled', ['ordered', 'recalled'])).toEqual(['returned'])
  })
  it('lets a team that forgot its phone report its arrival at once, but never passes through a decision', () => {
    const open = reachable('accepted', ['ordered', 'accepted'])
    expect(open).toContain('on_scene')
    expect(open).toContain('refused')
    expect(open).not.toContain('evacuated')
    expect(open).not.toContain('accepted')
  })
  it('does not offer a step twice', () => {
    expect(reachable('working', ['ordered', 'accepted', 'on_scene', 'working'])).toEqual(['withdrawn', 'evacuated', 'returned'])
  })
  it('gives a team nothing to enter while it is only reserved', () => {
    expect(reachable('reserved', ['reserved'])).toEqual([])
    expect(nextStep('reserved')).toBeNull()
  })
  it('asks who declared it safe before work goes on after an evacuation', () => {
    expect(needsRelease('evacuated', 'working')).toBe(true)
    expect(needsRelease('evacuated', 'withdrawn')).toBe(false)
  })
  it('reads the state from the name of an action', () => {
    expect(stateOf('task.arrive')).toBe('on_scene')
    expect(stateOf('task.tell')).toBeNull()
  })
})
